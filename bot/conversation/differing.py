"""What a conversation's part of the figures changes in what was counted of it before."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple, cast

from bot.conversation.measures import MeasureName
from bot.conversation.tallying import Count


class Figure(NamedTuple):
    """What a number stands for among the clinic's figures."""

    day: date
    channel: str
    measure: MeasureName
    about: str


Part = Counter[Figure]


def renewed(before: Mapping[Figure, int], counts: Mapping[Count, int], channel: str) -> Part:
    """Return the part that was counted before, brought up to what is counted now.

    What is new belongs to the channel that the conversation is on now; what was counted stays with
    the channel that it was on then.
    """
    after: Part = Counter()
    known: dict[Count, list[Figure]] = {}
    for figure in before:
        known.setdefault(Count(figure.day, figure.about, figure.measure), []).append(figure)
    for count, number in counts.items():
        left = number
        for figure in known.get(count, ()):
            taken = min(left, before[figure])
            left -= taken
            after[figure] += taken
        after[Figure(count.day, channel, count.measure, count.about)] += left
    return +after


def differences(before: Mapping[Figure, int], after: Mapping[Figure, int]) -> dict[Figure, int]:
    """Return what must be added to the figures, less than 0 for what is taken back."""
    changed = {figure: after.get(figure, 0) - before.get(figure, 0) for figure in {*before, *after}}
    return {figure: number for figure, number in changed.items() if number}


def part_to_json(part: Mapping[Figure, int]) -> list[list[object]]:
    """Return a part as it is kept beside its conversation."""
    return [[one.day.isoformat(), *one[1:], number] for one, number in sorted(part.items())]


def part_from_json(kept: Iterable[list[object]]) -> Part:
    """Read a part back."""
    part: Part = Counter()
    for day, channel, measure, about, number in kept:
        figure = Figure(
            date.fromisoformat(str(day)), str(channel), cast(MeasureName, measure), str(about)
        )
        part[figure] = int(str(number))
    return part
