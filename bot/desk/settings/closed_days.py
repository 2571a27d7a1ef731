"""The days that managers tick: those that are closed, and the public holidays that come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.desk.settings.forms import date_of, days_of, written


@dataclass(frozen=True, slots=True)
class Day:
    """A day that may be closed; `holiday` is the name of the public one, if it is any."""

    day: str
    words: str
    holiday: str
    closed: bool


def days_to_tick(
    coming: Mapping[date, str],
    before: Any,  # noqa: ANN401 - whatever YAML holds
    held: Mapping[str, str],
    today: date,
) -> Sequence[Day]:
    """Return the days of a form, in order: the coming holidays, those closed before, those held.

    What is past is left out; what the form holds is ticked.
    """
    closed = {name.removeprefix("day-") for name in held if name.startswith("day-")}
    names = {day.isoformat(): name for day, name in coming.items()}
    known = {day for day in {*days_of(before), *closed, *names} if _comes(day, today)}
    return [Day(day, written(day), names.get(day, ""), day in closed) for day in sorted(known)]


def _comes(day: str, today: date) -> bool:
    found = date_of(day)
    return found is not None and found >= today
