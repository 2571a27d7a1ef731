"""The figures of a period, added up as a report needs them, beside those of the period before."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.conversation.measures import OUTCOMES, MeasureName

# What is measured of each question; their sum is the number of questions.
ASKED: tuple[MeasureName, ...] = tuple(OUTCOMES.values())


def parts_of(measure: str) -> tuple[str, ...]:
    """Return the kept measures that a measure is the sum of."""
    return ASKED if measure == "question" else (measure,)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers by channel, measure and what they are about."""

    by: Mapping[tuple[str, MeasureName, str], int]

    def total(self, measure: str, channel: str | None = None) -> int:
        """Return the sum of a measure, on one channel or on all."""
        wanted = parts_of(measure)
        return sum(
            number
            for (on, name, _), number in self.by.items()
            if name in wanted and channel in (None, on)
        )

    def about(self, *measures: MeasureName) -> Counter[tuple[MeasureName, str]]:
        """Return the numbers of measures, all channels together, by measure and subject."""
        found: Counter[tuple[MeasureName, str]] = Counter()
        for (_, name, about), number in self.by.items():
            if name in measures:
                found[name, about] += number
        return found

    def channels(self) -> list[str]:
        """Return the channels that have any, by name."""
        return sorted({channel for channel, _, _ in self.by})


def numbers_of(rows: Iterable[Any]) -> Numbers:
    """Return what the rows of a period's totals say."""
    return Numbers({(row.channel, row.measure, row.about): row.number for row in rows})


def by_day(rows: Iterable[Any]) -> dict[date, Counter[str]]:
    """Return what the rows of a period's days say, all channels together."""
    days: dict[date, Counter[str]] = {}
    for row in rows:
        counts = days.setdefault(row.day, Counter())
        counts[row.measure] += row.number
        if row.measure in ASKED:
            counts["question"] += row.number
    return days


def share(part: int, whole: int) -> int | None:
    """Return a part in whole per cent; None of nothing."""
    return None if whole == 0 else round(100 * part / whole)


def grouped(number: int) -> str:
    """Return a number as it is read: 12,345."""
    return f"{number:,}"


@dataclass(frozen=True, slots=True)
class Compared:
    """A number, and what it was in the period before; None when that has no figures."""

    now: int
    before: int | None

    @property
    def change(self) -> str:
        """The difference in plain words; nothing where there is nothing to compare with."""
        if self.before is None:
            return ""
        more = self.now - self.before
        if more == 0:
            return f"the same as before ({grouped(self.before)})"
        word = "more" if more > 0 else "fewer"
        return f"{grouped(abs(more))} {word} than before ({grouped(self.before)})"
