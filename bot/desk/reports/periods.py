"""The period that a report is about, and the one before that it is held against."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

LENGTHS = (7, 30, 90)
USUAL = 30
LONGEST = 366
EARLIEST = date(2000, 1, 1)
DAY = timedelta(days=1)


class BadPeriod(ValueError):
    """What was asked for is no period; `problems` has the field of each fault, and what to do."""

    def __init__(self, *problems: tuple[str, str]) -> None:
        super().__init__("; ".join(words for _, words in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days from `first` to `last`; `length` is None when they were chosen one by one."""

    first: date
    last: date
    length: int | None = None

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def before(self) -> "Period":
        """As many days, just before."""
        return Period(self.first - self.days * DAY, self.first - DAY, self.length)

    @property
    def query(self) -> str:
        """What names it in an address."""
        return f"days={self.length}" if self.length else f"from={self.first}&to={self.last}"

    def __str__(self) -> str:
        """Return it as people write it: 3 to 9 November 2026."""
        first, last = self.first, self.last
        if first == last:
            return _written(last)
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day} to {_written(last)}"
        if first.year == last.year:
            return f"{first.day} {first:%B} to {_written(last)}"
        return f"{_written(first)} to {_written(last)}"


def period_of(query: Mapping[str, str], today: date) -> Period:
    """Return the period that an address asks for; BadPeriod.

    `days` are so many whole days up to yesterday, 30 without anything; `from` and `to` may include
    today, which isn't over.
    """
    if "from" in query or "to" in query:
        return _chosen(query.get("from", ""), query.get("to", ""), today)
    text = query.get("days", str(USUAL))
    if text not in map(str, LENGTHS):
        raise BadPeriod(("from", "Choose the last 7, 30 or 90 days, or a first and a last day."))
    return last_days(int(text), today)


def last_days(length: int, today: date) -> Period:
    """Return so many whole days up to yesterday."""
    return Period(today - length * DAY, today - DAY, length)


def _chosen(first_text: str, last_text: str, today: date) -> Period:
    first, last = _day(first_text), _day(last_text)
    if first is None or last is None:
        wanted = (("from", "first", first), ("to", "last", last))
        raise BadPeriod(
            *(
                (field, f"Give the {name} day as year-month-day, such as {today}.")
                for field, name, day in wanted
                if day is None
            )
        )
    if first > last:
        raise BadPeriod(("from", "The first day is after the last one. Swap them."))
    if last > today:
        raise BadPeriod(("to", "The last day is in the future. Choose today or a day before."))
    if first < EARLIEST:
        raise BadPeriod(("from", f"The first day is before {EARLIEST.year}. Choose a later one."))
    if (last - first).days >= LONGEST:
        raise BadPeriod(("from", f"That is more than {LONGEST} days. Choose a shorter period."))
    return Period(first, last)


def _day(text: str) -> date | None:
    # Also "20261102" would be read.
    if len(text) != len("2026-11-02"):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
