"""The reports as a manager gets them."""

import csv
import io
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from html import unescape
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from aiohttp.test_utils import TestClient

from bot.conversation.differing import Figure
from bot.conversation.measures import MEASURES, MeasureName
from bot.desk.reports.downloads import table
from bot.store.desk.figures import Figures
from bot.store.desk.figures_adding import add as add_figures
from tests.desk.desk_client import Browser, add, signed_in
from tests.web.clinic_site import ClinicSite

YESTERDAY = datetime.now(UTC).date() - timedelta(days=2)
FIRST = YESTERDAY - timedelta(days=100)
OF = "from={0}&to={0}".format
REPORT = f"/desk/reports?{OF(YESTERDAY)}"


async def write(
    site: ClinicSite, numbers: Mapping[tuple[MeasureName, str], int], day: date = YESTERDAY
) -> None:
    changes = {Figure(day, "widget", measure, about): n for (measure, about), n in numbers.items()}
    await site.store.database.write(lambda connection: add_figures(connection, changes))


@pytest.fixture
async def manager(client: TestClient, site: ClinicSite) -> Browser:
    await add(site.gate, "boss", "manager")
    return await signed_in(client, "boss")


async def shown(browser: Browser, path: str, status: int = 200) -> str:
    answer = await browser.get(path)
    assert answer.status == status
    return " ".join(unescape(await answer.text()).split())


async def test_an_empty_report_says_so(manager: Browser, site: ClinicSite) -> None:
    page = await shown(manager, "/desk/reports")
    assert "Nothing was counted yet" in page
    assert "Nobody wrote in this period" in page
    assert "chart.svg" not in page
    for measure in MEASURES:
        assert f"<dd>{measure.meaning}</dd>" in page
    await Figures(site.store.database).count(ZoneInfo("Europe/London"))
    assert "Counted up to" in await shown(manager, "/desk/reports")


async def test_numbers_stand_beside_those_before(manager: Browser, site: ClinicSite) -> None:
    numbers: dict[tuple[MeasureName, str], int] = {
        ("conversation", ""): 1200,
        ("answered", "is_it_permanent"): 30,
        ("answered", "gone_by_now"): 5,
        ("declined", "cost"): 15,
        ("given_up", "decline/cost"): 4,
        ("responded", "2-5"): 3,
        ("responded", "30+"): 1,
        ("unanswered", ""): 2,
    }
    await write(site, numbers)
    await write(site, {("conversation", ""): 1000}, FIRST)
    before = YESTERDAY - timedelta(days=1)
    await write(site, {("conversation", ""): 1300, ("answered", "is_it_permanent"): 30}, before)
    page = await shown(manager, REPORT)
    assert "1,200</strong><small>100 fewer than before (1,300)" in page
    assert '<strong class="numbers">35</strong> <span>70% of questions</span>' in page
    assert "5 more than before (30)" in page
    assert "Is it permanent?" in page
    assert "Answers that are no longer given" in page
    assert "Declined: cost" in page
    assert "Half of the 4 answered handovers had an answer within <strong>2 to 5 min" in page
    assert "<strong>2</strong> were never answered" in page
    assert "Booked</dt>" in page  # its meaning, though nothing is booked yet
    assert page.count("Booked</dt>") == 1
    audited = (await site.gate.store.audited(None, 1))[0].entry
    assert (audited.action, audited.detail) == ("report.read", f"{YESTERDAY} to {YESTERDAY}")


async def test_a_period_without_one_before_is_not_compared(
    manager: Browser, site: ClinicSite
) -> None:
    await write(site, {("conversation", ""): 3})
    page = await shown(manager, REPORT)
    assert "nothing to compare with" in page
    assert "The figures begin on" in page


async def test_a_wrong_period_names_itself(manager: Browser) -> None:
    wrong = "from=2026-02-30&to=2026-02-01"
    page = await shown(manager, f"/desk/reports?{wrong}", 422)
    assert "There is a problem" in page
    assert 'href="#from">Give the first day as year-month-day' in page
    for name in ("days", "questions"):
        answer = await manager.get(f"/desk/reports/{name}.csv?{wrong}")
        assert (answer.status, answer.headers["Location"]) == (303, f"/desk/reports?{wrong}")
        split = await manager.get(f"/desk/reports/{name}.csv?from=x%0D%0ASet-Cookie:a=b")
        assert (split.status, split.cookies) == (303, {})
    for query in (wrong, "chart=secrets", ""):
        assert (await manager.get(f"/desk/reports/chart.svg?{query}")).status == 422


async def test_what_is_downloaded_opens_in_a_spreadsheet(
    manager: Browser, site: ClinicSite
) -> None:
    await write(
        site,
        {
            ("conversation", ""): 2,
            ("answered", "is_it_permanent"): 3,
            ("declined", "cost"): 1,
            ("helpful", "is_it_permanent"): 2,
        },
    )
    day = str(YESTERDAY)
    expected = {
        "days": [
            ["Day", "Channel", "Measure", "Number"],
            [day, "Website", "Answered", "3"],
            [day, "Website", "Conversations", "2"],
            [day, "Website", "Declined", "1"],
            [day, "Website", "Found helpful", "2"],
            [day, "Website", "Questions", "4"],
        ],
        "questions": [
            ["Question", "Topic", "What became of it", "Number", "Found helpful",
             "Found not helpful", "Booking pressed"],
            ["Is it permanent?", "How long results last", "Answered", "3", "2", "0", "0"],
            ["Cost", "Not in the articles", "Declined", "1", "0", "0", "0"],
        ],
    }  # fmt: skip
    for name, rows in expected.items():
        answer = await manager.get(f"/desk/reports/{name}.csv?{OF(YESTERDAY)}")
        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
        file = f"candor-{name}-{day}-to-{day}.csv"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{file}"'
        sent = await answer.read()
        assert sent.startswith(b"\xef\xbb\xbf")
        assert [*csv.reader(io.StringIO(sent.decode("utf-8-sig")))] == rows
        audited = (await site.gate.store.audited(None, 1))[0].entry
        assert audited.action == "report.downloaded"
        assert audited.detail == f"{name}, {day} to {day}"


@pytest.mark.parametrize("cell", ["=1+1", "+44", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    rows = [*csv.reader(io.StringIO(table(("Question",), [(cell,), ("a=b",), (-1,)]), newline=""))]
    assert rows[1:] == [[f"'{cell}"], ["a=b"], ["-1"]]


async def test_a_chart_is_a_picture_of_its_own(manager: Browser, site: ClinicSite) -> None:
    await write(site, {("conversation", ""): 2, ("answered", "is_it_permanent"): 3})
    answer = await manager.get(f"/desk/reports/chart.svg?chart=asked&{OF(YESTERDAY)}")
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src")
    words = "".join(ElementTree.fromstring(await answer.text()).itertext())  # noqa: S314 - our own
    assert "Is it permanent?: 3" in words
    assert "prefers-color-scheme: dark" in words
