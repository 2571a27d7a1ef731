"""Managers change the settings: what is kept, what is refused, and that nothing is lost."""

import html
from datetime import date
from urllib.parse import urlencode

import pytest
from aiohttp.test_utils import TestClient

from bot.desk.settings.entries import ENTRIES, IN_THE_FILE_ONLY
from bot.desk.settings.public_holidays import coming_holidays, divisions
from bot.settings.clinic import Clinic
from bot.store.desk.settings import in_force, newest
from tests.desk.desk_client import Browser, add, signed_in
from tests.desk.settings_forms import AT, BOOKING, NUMBERS, RIGHT, SURE, WORDS, WRONG
from tests.web.clinic_site import ClinicSite


@pytest.fixture
async def boss(client: TestClient, site: ClinicSite) -> Browser:
    await add(site.gate, "boss", "manager")
    return await signed_in(client, "boss")


async def kept(site: ClinicSite) -> dict[str, object]:
    return in_force(await newest(site.store.database))


async def actions(site: ClinicSite) -> list[tuple[str, str | None]]:
    found = [one.entry for one in await site.gate.store.audited(None, 99)]
    return [(one.action, one.detail) for one in found if one.action.startswith("settings.")]


def test_every_entry_of_the_clinic_is_changed_here_or_in_the_file_alone() -> None:
    entries = {*Clinic.__dataclass_fields__, "closed_on"}
    assert ENTRIES.keys() | IN_THE_FILE_ONLY == entries
    assert not ENTRIES.keys() & IN_THE_FILE_ONLY


async def test_what_is_right_is_kept_and_what_is_the_files_is_not(
    boss: Browser, site: ClinicSite
) -> None:
    whole: dict[str, object] = {}
    for section, form, changed in RIGHT:
        at = f"{AT}/{section}"
        before = len(await actions(site))
        answer = await boss.fill(at, at, version="999", **form)
        assert answer.status == 303, await answer.text()
        assert answer.headers["Connection"] == "close"
        own = {name for name in whole if name in form or name in changed}
        whole = {name: value for name, value in whole.items() if name not in own} | changed
        assert await kept(site) == whole
        action = "settings.emergency" if section == "emergency" else "settings.changed"
        done = await actions(site)
        assert {name for name, _ in done[: len(done) - before]} <= {action}
    assert {detail for _, detail in await actions(site)} >= whole.keys()


async def test_what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost(
    boss: Browser, site: ClinicSite
) -> None:
    for section, form, field, says in WRONG:
        answer = await boss.fill(f"{AT}/{section}", f"{AT}/{section}", version="0", **form)
        page = html.unescape(await answer.text())
        assert answer.status == 422, says
        assert f'<a href="#{field}">' in page, says
        assert f'id="{field}"' in page
        assert says in page
        for name, typed in form.items():
            assert typed.splitlines()[0] in page if typed else name in page
    assert await kept(site) == {}
    assert await actions(site) == []


async def test_the_second_of_two_managers_is_told_and_overwrites_nothing(
    boss: Browser, client: TestClient, site: ClinicSite
) -> None:
    await add(site.gate, "cleo", "manager")
    cleo, at = await signed_in(client, "cleo"), f"{AT}/booking"
    answer = await cleo.fill(at, at, version="0", **(BOOKING | {"booking_label": "Come in"}))
    assert answer.status == 303
    mine = BOOKING | {"booking_label": "Choose a time"}
    answer = await boss.fill(at, at, version="0", **mine)
    page = await answer.text()
    assert answer.status == 409
    assert "cleo" in page
    assert "Now: Come in" in page
    assert "Choose a time" in page
    assert 'name="version" value="1"' in page
    assert await kept(site) == {"booking_label": "Come in"}
    # What this form left as it was isn't put back over the other's change.
    other = BOOKING | {"booking_url": "https://book.example/"}
    assert (await boss.fill(at, at, version="0", **other)).status == 303
    assert await kept(site) == {"booking_label": "Come in", "booking_url": "https://book.example/"}
    assert (await boss.fill(at, at, version="2", **mine)).status == 303
    assert await kept(site) == {"booking_label": "Choose a time"}


async def test_a_change_is_shown_with_who_made_it_and_goes_back_to_the_files_value(
    boss: Browser, site: ClinicSite
) -> None:
    at = f"{AT}/booking"
    await boss.fill(at, at, version="0", **(BOOKING | {"booking_label": "Come in"}))
    page = await (await boss.get(at)).text()
    assert "In the file: Book a free consultation" in page
    assert (await boss.fill(at, at, version="1", back="booking_label")).status == 303
    assert await kept(site) == {}
    assert "In the file" not in await (await boss.get(at)).text()


async def test_a_change_is_undone_from_the_history_unless_there_is_a_newer_one(
    boss: Browser, site: ClinicSite
) -> None:
    at, history = f"{AT}/booking", f"{AT}-history"
    for label in ("One", "Two"):
        await boss.fill(at, at, version="9", **(BOOKING | {"booking_label": label}))
    page = await (await boss.get(history)).text()
    assert "<dt>Before</dt><dd><span>One</span></dd>" in page
    assert page.index("<dd><span>Two</span>") < page.index("The file&#39;s value")
    answer = await boss.fill(history, f"{history}/undo", version="1")
    assert (answer.status, await kept(site)) == (422, {"booking_label": "Two"})
    assert "changed again since" in await answer.text()
    assert (await boss.fill(history, f"{history}/undo", version="2")).status == 303
    assert await kept(site) == {"booking_label": "One"}
    assert (await boss.fill(history, f"{history}/undo", version="99")).status == 422
    await boss.fill(f"{AT}/emergency", f"{AT}/emergency", version="9", **(NUMBERS | SURE))
    answer = await boss.fill(history, f"{history}/undo", version="4")
    assert answer.headers["Location"] == f"{AT}/emergency", "with the words alone"
    assert (await kept(site))["emergency_number"] == "112"


async def test_a_text_is_kept_or_refused_as_the_check_of_the_files_would(
    boss: Browser, site: ClinicSite
) -> None:
    for name, words, says in WORDS:
        at = f"{AT}-texts/{name}"
        answer = await boss.fill(at, at, version="999", words=words)
        page = html.unescape(await answer.text())
        if says is None:
            assert answer.status == 303, page
            assert await kept(site) == {f"texts.{name}": words}
            assert (await boss.fill(at, at, version="999", do="back")).status == 303
        else:
            assert answer.status == 422, says
            assert says in page
            assert words[:40] in page
        assert await kept(site) == {}


async def test_texts_are_found_and_looked_at_before_they_are_saved(
    boss: Browser, site: ClinicSite
) -> None:
    found = await (await boss.get(f"{AT}-texts?{urlencode({'q': 'insurance DECLINE'})}")).text()
    assert "/desk/settings-texts/decline.insurance" in found
    assert "/desk/settings-texts/decline.cost" not in found
    at = f"{AT}-texts/decline.cost"
    page = await (await boss.fill(at, at, version="0", do="look", words="Call {phone}.")).text()
    assert "Call 01632 960 142." in page
    assert "Our articles don&#39;t say what treatment costs" in page
    assert await kept(site) == {}
    assert (await boss.get(f"{AT}-texts/decline.nothing")).status == 404
    assert (await boss.get(f"{AT}/nothing")).status == 404


async def test_monday_is_copied_without_saving(boss: Browser, site: ClinicSite) -> None:
    form = {"hours-monday": "7:15-12:00", "hours-saturday": "10:00-11:00", "do": "copy"}
    page = await (await boss.fill(f"{AT}/hours", f"{AT}/hours", version="0", **form)).text()
    assert page.count('value="7:15-12:00"') == 5
    assert 'value="10:00-11:00"' in page
    assert await kept(site) == {}


async def test_public_holidays_are_offered_by_name(boss: Browser) -> None:
    page = await (await boss.get(f"{AT}/closed-days")).text()
    assert "Christmas Day" in page
    assert "England" in page


@pytest.mark.parametrize(
    ("country", "division", "some"),
    [
        ("GB", "ENG", {"2027-03-29": "Easter Monday", "2027-08-30": "Late Summer Bank Holiday"}),
        ("GB", "SCT", {"2026-11-30": "Saint Andrew's Day", "2027-01-04": ""}),
        ("GB", "nowhere", {"2026-12-25": "Christmas Day"}),
        ("US", "", {"2026-12-25": "Christmas Day"}),
        ("XX", "", {}),
    ],
)
def test_holidays_are_those_of_the_next_twelve_months(
    country: str, division: str, some: dict[str, str]
) -> None:
    today = date(2026, 11, 26)
    found = coming_holidays(country, division, today)
    for day, name in some.items():
        assert found[date.fromisoformat(day)].startswith(name)
    assert list(found) == sorted(found)
    assert all(today <= day < date(2027, 11, 27) for day in found)
    assert bool(found) == (country != "XX")
    assert ("ENG" in divisions(country)) == (country == "GB")
