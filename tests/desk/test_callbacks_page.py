"""The front desk rings people back: who is due, what came of it, and who was quicker."""

import re
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from aiohttp.test_utils import TestClient

from bot.conversation.callbacks import CallBack, Withdrawn
from bot.store.desk import callbacks
from tests.desk.desk_client import Browser, add, csrf_of, signed_in
from tests.web.clinic_site import ClinicSite

PAGE = "/desk/callbacks"
IDS = re.compile(r'action="/desk/callbacks/([0-9a-f]{32})"')
NUMBER = "+447700900142"


async def asked(site: ClinicSite, name: str, hours: float = 1, about: str = "prices") -> str:
    """Put somebody on the list; return their conversation."""
    conversation = await site.store.start("widget")
    now = datetime.now(UTC)
    wish = CallBack(name, NUMBER, "as soon as possible", now + timedelta(hours=hours), about)
    await site.store.database.write(partial(callbacks.keep, of=conversation, wish=wish, now=now))
    return conversation


async def text_of(browser: Browser, path: str = PAGE) -> str:
    return await (await browser.get(path)).text()


@pytest.fixture
async def anna(client: TestClient, site: ClinicSite) -> Browser:
    await add(site.gate, "anna")
    return await signed_in(client, "anna")


async def did(site: ClinicSite, browser: Browser, one: str, what: str, tries: int = 0) -> str:
    form = {"csrf": csrf_of(site, browser), "did": what, "tries": str(tries)}
    answer = await browser.send(f"{PAGE}/{one}", **form)
    if answer.status == 303:
        return await text_of(browser, answer.headers["Location"])
    assert answer.status == 409
    return await answer.text()


async def test_who_is_due_stands_first_with_all_that_is_needed(
    site: ClinicSite, anna: Browser
) -> None:
    await asked(site, "Later Lena", 60)
    conversation = await asked(site, "Overdue <Olu>", -2)
    page = await text_of(anna)
    assert page.index("Overdue &lt;Olu&gt;") < page.index("Later Lena")
    assert page.count('class="sheet call overdue"') == 1
    assert f'href="tel:{NUMBER}">07700 900142</a>' in page
    assert f'href="/desk/conversations/{conversation}"' in page
    for part in ("As soon as possible", "prices", "Website"):
        assert part in page
    assert "Nothing was done yet." in await text_of(anna, f"{PAGE}?show=done")


async def test_an_empty_list_says_so(anna: Browser) -> None:
    assert "Nobody waits to be rung." in await text_of(anna)


@pytest.mark.parametrize(
    ("outcome", "told", "action"),
    [
        ("booked", "Booked", "callback.done"),
        ("answered", "Answered", "callback.done"),
        ("other", "Reached", "callback.done"),
        ("wrong_number", "Wrong number", "callback.wrong_number"),
    ],
)
async def test_whoever_was_reached_is_struck_off_and_can_be_put_back(
    site: ClinicSite, anna: Browser, outcome: str, told: str, action: str
) -> None:
    await asked(site, "Priya Raman")
    [one] = IDS.findall(await text_of(anna))
    page = await did(site, anna, one, outcome)
    assert "Struck off the list." in page
    assert "Nobody waits to be rung." in page
    assert 'value="undo"' in page
    entries = [item.entry for item in await site.gate.store.audited(None, 5)]
    [entry] = [entry for entry in entries if entry.action == action]
    assert (entry.login, entry.about, entry.detail) == ("anna", one, None)
    assert told in await text_of(anna, f"{PAGE}?show=done")
    await did(site, anna, one, "undo")
    assert "Priya Raman" in await text_of(anna)


async def test_nobody_answered_counts_and_comes_up_again(site: ClinicSite, anna: Browser) -> None:
    await asked(site, "Priya Raman", -1)
    [one] = IDS.findall(await text_of(anna))
    for tries in range(3):
        page = await did(site, anna, one, "no_answer", tries)
        assert "It is due again" in page
        assert 'class="sheet call overdue"' not in page
    assert "Nobody answered 3 times." in page
    page = await did(site, anna, one, "undo")
    assert "2 tries" in page


async def test_of_two_at_once_the_second_is_told_who_was_quicker(
    client: TestClient, site: ClinicSite, anna: Browser
) -> None:
    await add(site.gate, "ben")
    ben = await signed_in(client, "ben")
    await asked(site, "Priya Raman")
    [one] = IDS.findall(await text_of(anna))
    await did(site, ben, one, "no_answer")
    page = await did(site, anna, one, "no_answer")
    assert "Ben was quicker, and noted that nobody answered" in page
    await did(site, ben, one, "booked", 1)
    page = await did(site, anna, one, "answered", 1)
    assert "Ben was quicker, and noted “Booked”" in page
    assert "is gone" in await did(site, anna, "0" * 32, "booked")


async def test_what_the_patient_withdrew_is_not_rung(site: ClinicSite, anna: Browser) -> None:
    conversation = await asked(site, "Priya Raman")
    [one] = IDS.findall(await text_of(anna))
    now = datetime.now(UTC)
    await site.store.database.write(
        partial(callbacks.keep, of=conversation, wish=Withdrawn(), now=now)
    )
    assert "Withdrawn by the patient" in await did(site, anna, one, "booked")
    page = await text_of(anna, f"{PAGE}?show=done")
    assert "Withdrawn by the patient" in page
    assert 'value="undo"' not in page


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ({"name": " "}, "Write whom to ask for."),
        ({"number": "12345"}, "That is not a telephone number. Write it like 0121 234 5678."),
        ({"when": ""}, "Write when they want to be rung"),
        ({}, None),
        ({"when": "when the kids are at school"}, None),
    ],
)
async def test_somebody_who_rings_is_taken_down_by_hand(
    anna: Browser, form: dict[str, str], wrong: str | None
) -> None:
    filled = {"name": "Sam Carter", "number": "07700 900143", "when": "Friday morning", "about": ""}
    answer = await anna.fill(f"{PAGE}-new", f"{PAGE}-new", **(filled | form))
    if wrong:
        assert answer.status == 422
        page = await answer.text()
        assert wrong in page
        assert 'aria-invalid="true"' in page
        assert "Nobody waits" in await text_of(anna)
        return
    page = await text_of(anna, answer.headers["Location"])
    assert "Sam Carter" in page
    assert "07700 900143" in page
    assert "<dt>Telephone</dt>" in page
    if form:
        assert "“when the kids are at school”" in page


async def test_no_name_and_no_number_goes_into_the_audit(site: ClinicSite, anna: Browser) -> None:
    await asked(site, "Priya Raman")
    [one] = IDS.findall(await text_of(anna))
    await did(site, anna, one, "booked")
    told = str(await site.gate.store.audited(None, 50))
    assert "Priya" not in told
    assert "900142" not in told
