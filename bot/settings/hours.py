"""When the clinic is open: read from `clinic.yml`, told to patients, reckoned for a moment."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SPAN = re.compile(r"([0-9]{1,2}):([0-5][0-9])\s*[-–]\s*([0-9]{1,2}):([0-5][0-9])")  # noqa: RUF001
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MIDNIGHT = 24 * 60
AHEAD = 366  # days: longer than any clinic stays closed without saying so in another way


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A time of a day, from `start` up to `end`, in minutes since midnight by the clock."""

    start: int
    end: int

    def __str__(self) -> str:
        return "-".join(f"{at // 60}:{at % 60:02}" for at in (self.start, self.end))


@dataclass(frozen=True, slots=True)
class Hours:
    """The spans of each day from Monday to Sunday, in order and apart, and the dates without."""

    week: tuple[tuple[Span, ...], ...]
    closed_on: frozenset[date]


@dataclass(frozen=True, slots=True)
class Status:
    """Whether the clinic is open, and when that ends; None when it doesn't within a year."""

    open: bool
    until: datetime | None


def read_week(value: object) -> tuple[tuple[Span, ...], ...]:
    """Return the spans of the seven days; ValueError says what is wrong and what to write."""
    if not isinstance(value, dict) or not value:
        raise ValueError('must be days with their times, such as monday: "8:30-18:00"')
    for name in value:
        if name not in DAYS:
            near = get_close_matches(str(name).lower(), DAYS, 1)
            hint = f"did you mean {near[0]}?" if near else "write monday, tuesday and so on"
            raise ValueError(f"has {name!r}, which is no day; {hint}")
    return tuple(_read_day(name, value[name]) if name in value else () for name in DAYS)


def read_closed_on(value: object) -> frozenset[date]:
    """Return the dates of a list; ValueError says which is wrong and what to write."""
    if not isinstance(value, list):
        raise ValueError('must be a list of dates such as ["2026-12-25"], or []')
    return frozenset(_read_date(number, entry) for number, entry in enumerate(value, start=1))


def lines(hours: Hours) -> tuple[str, ...]:
    """Return what patients read: a line for each row of days alike, then when it is closed."""
    days = enumerate(hours.week)
    rows = [(spans, [day for day, _ in row]) for spans, row in groupby(days, lambda day: day[1])]
    told = [f"{_named(row)}: {_times(spans)}" for spans, row in rows if spans]
    if not told:
        return ("Closed every day",)
    closed = [f"{DAYS[day].title()}s" for spans, row in rows if not spans for day in row]
    if hours.closed_on:
        closed.append("public holidays")
    return (*told, f"Closed on {_listed(closed)}") if closed else tuple(told)


def status(hours: Hours, zone: ZoneInfo, now: datetime) -> Status:
    """Tell whether the clinic is open at `now`, and until when, by the clocks of `zone`.

    Where clocks are put back, an hour that is shown twice counts when it is shown first; where
    they are put forward, what they skip is no time at all. ValueError when `now` has no zone.
    """
    if now.utcoffset() is None:
        raise ValueError("the moment needs a time zone")
    moment = now.astimezone(UTC)
    # Clocks put back at midnight show the day before once more, when the new one has begun.
    first = now.astimezone(zone).date() - timedelta(days=1)
    last = first + timedelta(days=AHEAD + 1)
    closing: datetime | None = None
    for begins, ends in _openings(hours, zone, first, last):
        if closing is not None and begins > closing:
            return Status(True, closing.astimezone(zone))
        if closing is None and begins > moment:
            return Status(False, begins.astimezone(zone))
        if ends > moment:
            closing = ends
    if closing is None or closing >= _moment(last, 0, zone):
        return Status(closing is not None, None)
    return Status(True, closing.astimezone(zone))


def _read_day(name: str, value: object) -> tuple[Span, ...]:
    found = [SPAN.fullmatch(part.strip()) for part in str(value).split(",")]
    numbers = [[int(number) for number in match.groups()] for match in found if match]
    spans = sorted(Span(a * 60 + b, c * 60 + d) for a, b, c, d in numbers)
    if not isinstance(value, str) or len(spans) < len(found):
        raise ValueError(
            f'of {name} can\'t be read; write spans such as "8:30-12:00, 13:00-18:00", '
            "or leave the day out when the clinic is closed"
        )
    for span in spans:
        if not span.start < span.end <= MIDNIGHT:
            raise ValueError(f"of {name}: {span} must end after it begins, by 24:00 at the latest")
    for one, other in pairwise(spans):
        if other.start < one.end:
            raise ValueError(f"of {name}: {one} and {other} overlap; write them as one span")
    return tuple(_joined(spans))


def _joined(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].end == span.start:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _read_date(number: int, value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value  # YAML reads a date without quotes by itself
    try:
        if isinstance(value, str) and DATE.fullmatch(value.strip()):
            return date.fromisoformat(value.strip())
    except ValueError:
        pass
    raise ValueError(f'has no date in place {number}; write it like "2026-12-25", in quotes')


def _named(row: Sequence[int]) -> str:
    if len(row) == len(DAYS):
        return "Every day"
    ends = DAYS[row[0]].title(), DAYS[row[-1]].title()
    return ends[0] if len(row) == 1 else f"{ends[0]} {'and' if len(row) == 2 else 'to'} {ends[1]}"


def _times(spans: Sequence[Span]) -> str:
    if spans == (Span(0, MIDNIGHT),):
        return "24 hours"
    return _listed([f"{_clock(span.start)} to {_clock(span.end)}" for span in spans])


def _clock(minute: int) -> str:
    if minute % (MIDNIGHT // 2) == 0:
        return "noon" if minute == MIDNIGHT // 2 else "midnight"
    hour, rest = divmod(minute, 60)
    half = "am" if hour < 12 else "pm"
    return f"{(hour - 1) % 12 + 1}{f'.{rest:02}' if rest else ''} {half}"


def _listed(names: Sequence[str]) -> str:
    *before, last = names
    return f"{', '.join(before)} and {last}" if before else last


def _openings(
    hours: Hours, zone: ZoneInfo, first: date, last: date
) -> Iterator[tuple[datetime, datetime]]:
    """Yield when each span begins and ends, in UTC and in order, before the day `last`."""
    for number in range((last - first).days):
        day = first + timedelta(days=number)
        for span in () if day in hours.closed_on else hours.week[day.weekday()]:
            begins, ends = (_moment(day, minute, zone) for minute in (span.start, span.end))
            if begins < ends:
                yield begins, ends


def _moment(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """Return, in UTC, when the clocks of the zone first show that minute or a later one."""
    shown = datetime.combine(day, time()) + timedelta(minutes=minute)
    readings = {shown.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    first = min(readings)

    def reached(minutes: int) -> bool:
        local = (first + timedelta(minutes=minutes)).astimezone(zone)
        return local.replace(tzinfo=None) >= shown

    if len(readings) == 1 or reached(0):
        return first
    # The clocks skip it: they do so somewhere between the two readings.
    skipped = (max(readings) - first) // timedelta(minutes=1)
    return first + timedelta(minutes=bisect_left(range(skipped), True, key=reached))
