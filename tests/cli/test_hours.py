"""Opening hours: what patients read, and whether the clinic is open at any moment."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.settings.clinic import load_clinic
from bot.settings.hours import DAYS, Hours, Span, Status, lines, read_week, status

ROOT = Path(__file__).resolve().parents[2]
LONDON = ZoneInfo("Europe/London")
ALWAYS = dict.fromkeys(DAYS, "0:00-24:00")
WEEK = dict.fromkeys(DAYS[:5], "9:00-17:00")
CHRISTMAS = date(2026, 12, 25)


def hours_of(days: dict[str, str], *closed_on: date) -> Hours:
    return Hours(read_week(days) if days else ((),) * 7, frozenset(closed_on))


def test_the_demo_clinic_reads_as_people_say_it() -> None:
    clinic = load_clinic(ROOT / "clinic.yml")
    assert lines(clinic.hours) == (
        "Monday to Thursday: 8.30 am to 6 pm",
        "Friday: 8.30 am to 4 pm",
        "Saturday: 9 am to 12.30 pm",
        "Closed on Sundays and public holidays",
    )
    assert clinic.facts()["hours"] == "\n".join(lines(clinic.hours))


@pytest.mark.parametrize(
    ("days", "closed_on", "told"),
    [
        (WEEK, (), ["Monday to Friday: 9 am to 5 pm", "Closed on Saturdays and Sundays"]),
        (
            *({"monday": "8:00-12:00", "tuesday": "8:00-12:00", "thursday": "8:00-12:00"}, ()),
            [
                "Monday and Tuesday: 8 am to noon",
                "Thursday: 8 am to noon",
                "Closed on Wednesdays, Fridays, Saturdays and Sundays",
            ],
        ),
        (
            *(dict.fromkeys(DAYS, "8:00-12:00, 13:00-17:30"), (CHRISTMAS,)),
            [
                "Every day: 8 am to noon and 1 pm to 5.30 pm",
                "Closed on public holidays",
            ],
        ),
        (ALWAYS, (), ["Every day: 24 hours"]),
        (
            *(WEEK | {"saturday": "0:00-0:30, 12:00-12:05, 23:59-24:00"}, (CHRISTMAS,)),
            [
                "Monday to Friday: 9 am to 5 pm",
                "Saturday: midnight to 12.30 am, noon to 12.05 pm and 11.59 pm to midnight",
                "Closed on Sundays and public holidays",
            ],
        ),
        ({}, (CHRISTMAS,), ["Closed every day"]),
    ],
)
def test_days_alike_are_told_together(
    days: dict[str, str], closed_on: tuple[date, ...], told: list[str]
) -> None:
    assert list(lines(hours_of(days, *closed_on))) == told


def at(text: str, zone: ZoneInfo = LONDON) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("days", "closed_on", "now", "open_", "until"),
    [
        (WEEK, (), "2026-12-01T09:00", True, "2026-12-01T17:00"),
        (WEEK, (), "2026-12-01T16:59:59.999999", True, "2026-12-01T17:00"),
        (WEEK, (), "2026-12-01T17:00", False, "2026-12-02T09:00"),
        (WEEK, (), "2026-12-04T18:00", False, "2026-12-07T09:00"),  # over a weekend
        (WEEK, (CHRISTMAS,), "2026-12-25T10:00", False, "2026-12-28T09:00"),
        (WEEK, (CHRISTMAS,), "2026-12-24T17:00", False, "2026-12-28T09:00"),
        # Over midnight it stays open; a holiday cuts that off.
        (ALWAYS, (CHRISTMAS,), "2026-12-01T10:00", True, "2026-12-25T00:00"),
        (ALWAYS, (CHRISTMAS,), "2026-12-25T00:00", False, "2026-12-26T00:00"),
        (ALWAYS, (), "2026-12-01T10:00", True, None),
        ({}, (), "2026-12-01T10:00", False, None),
        # Clocks are put forward at 1:00 on 29 March and back at 2:00 on 25 October.
        (WEEK, (), "2026-03-27T17:00", False, "2026-03-30T09:00"),
        ({"sunday": "1:15-1:45"}, (), "2026-03-28T12:00", False, "2026-04-05T01:15"),
        ({"sunday": "1:15-3:00"}, (), "2026-03-28T12:00", False, "2026-03-29T02:00"),
        ({"sunday": "0:00-1:30"}, (), "2026-03-29T00:30", True, "2026-03-29T02:00"),
        ({"sunday": "0:00-6:00"}, (), "2026-10-25T00:30", True, "2026-10-25T06:00"),
    ],
)
def test_a_moment_has_its_status(
    days: dict[str, str], closed_on: tuple[date, ...], now: str, open_: bool, until: str | None
) -> None:
    found = status(hours_of(days, *closed_on), LONDON, at(now))
    assert found == Status(open_, until and at(until))


def test_an_hour_more_or_less_is_counted() -> None:
    hours = hours_of({"sunday": "0:00-6:00"})
    for day, length in (("2026-03-29", 5), ("2026-10-25", 7), ("2026-11-01", 6)):
        begins = at(day)
        until = status(hours, LONDON, begins).until
        assert until is not None
        assert until.astimezone(UTC) - begins.astimezone(UTC) == timedelta(hours=length)


def test_the_moment_may_come_from_any_zone_but_must_have_one() -> None:
    hours = hours_of(WEEK)
    tokyo = at("2026-12-01T20:00", ZoneInfo("Asia/Tokyo"))
    found = status(hours, LONDON, tokyo)
    assert found == Status(True, at("2026-12-01T17:00"))
    assert found.until is not None
    assert found.until.tzinfo is LONDON
    with pytest.raises(ValueError, match="time zone"):
        status(hours, LONDON, tokyo.replace(tzinfo=None))


# Half an hour, at midnight, just after midnight, a day left out: what clocks have been put through.
CHANGES = {
    "Europe/London": ("2026-03-29", "2026-10-25"),
    "America/New_York": ("2026-03-08", "2026-11-01"),
    "Australia/Lord_Howe": ("2026-04-05", "2026-10-04"),
    "America/Havana": ("2026-03-08", "2026-11-01"),
    "America/Santiago": ("2026-04-05", "2026-09-06"),
    "America/St_Johns": ("2005-04-03", "2005-10-30"),
    "Pacific/Apia": ("2011-12-30",),
}


@st.composite
def spans(draw: st.DrawFn) -> tuple[Span, ...]:
    """Draw a day's spans; some adjoin, and many bounds lie where clocks are changed."""
    minute = st.one_of(st.integers(0, 1440), st.sampled_from([0, 1, 60, 90, 120, 180, 1380, 1440]))
    bounds = sorted(draw(st.sets(minute, max_size=6)))
    pairs = [Span(*pair) for pair in pairwise(bounds)]
    return tuple(span for span in pairs if draw(st.booleans()))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Hours, ZoneInfo, datetime]:
    """Draw opening hours and a moment near a change of the clocks."""
    name = draw(st.sampled_from(sorted(CHANGES)))
    day = date.fromisoformat(draw(st.sampled_from(CHANGES[name])))
    near = st.integers(-3, 3).map(lambda days: day + timedelta(days=days))
    week = draw(st.tuples(*[spans()] * 7))
    hours = Hours(week, draw(st.frozensets(near, max_size=3)))
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return hours, ZoneInfo(name), noon + timedelta(minutes=draw(st.integers(-4000, 4000)))


def shown_open(hours: Hours, zone: ZoneInfo, moment: datetime) -> bool:
    """Look at the clock alone: the latest time that it has shown must lie within a span."""
    local = moment.astimezone(zone)
    # A time that is shown once more: no change of these clocks puts them back by over an hour.
    back = range(62 if local.fold else 1)
    past = [(moment - timedelta(minutes=number)).astimezone(zone) for number in back]
    shown = max(reading.replace(tzinfo=None) for reading in past)
    minute = shown.hour * 60 + shown.minute
    day = () if shown.date() in hours.closed_on else hours.week[shown.weekday()]
    return any(span.start <= minute < span.end for span in day)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(cases(), st.lists(st.floats(0, 1, exclude_max=True), max_size=3))
def test_walking_from_status_to_status_agrees_with_the_clock(
    case: tuple[Hours, ZoneInfo, datetime], parts: list[float]
) -> None:
    hours, zone, now = case
    for _ in range(6):
        found = status(hours, zone, now)
        assert found.open == shown_open(hours, zone, now)
        end = now + timedelta(days=360) if found.until is None else found.until.astimezone(UTC)
        assert end > now
        last = end - timedelta(microseconds=1)
        for moment in (*(now + (last - now) * part for part in parts), last):
            assert shown_open(hours, zone, moment) == found.open
        if found.until is None:
            assert found.open == all(day == (Span(0, 1440),) for day in joined(hours))
            return
        assert status(hours, zone, last) == found
        assert status(hours, zone, found.until).open != found.open
        now = end


def joined(hours: Hours) -> list[tuple[Span, ...]]:
    """Return the days with adjoining spans as one."""
    days = zip(DAYS, hours.week, strict=True)
    texts = {name: ", ".join(map(str, day)) for name, day in days if day}
    return list(read_week(texts)) if texts else [()] * 7
