"""The figures of the last release, kept in the repository: a number that drops fails the tests."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.evaluation.score import Tally

# The same model gives the same replies, but another processor rounds otherwise: one question a
# figure, and one more in a hundred, may tip over without anything having changed.
SLACK, A_HUNDRED = 1, 100
# Figures of which fewer are better.
FEWER = (
    "answerable: wrongly declined",
    "any question: answered with a wrong passage",
    "any question: false alarm",
)


def read_released(path: Path) -> dict[str, dict[str, int]]:
    """Return the hits of each figure of each set of questions, as they were released."""
    released: dict[str, dict[str, int]] = json.loads(path.read_text(encoding="utf-8"))
    return released


def write_released(path: Path, name: str, figures: Iterable[Tally]) -> None:
    """Keep the figures of a set of questions as the ones to hold from now on."""
    released = read_released(path) if path.exists() else {}
    released[name] = {one.name: one.hits for one in figures if one.total}
    path.write_text(json.dumps(released, indent=1) + "\n", encoding="utf-8")


def drops(released: Mapping[str, int], figures: Iterable[Tally]) -> list[str]:
    """Return a line for each figure that is worse than released."""
    now = {one.name: one for one in figures}
    return [
        f"{name}: {now[name].hits if name in now else 'none'}, released with {before}"
        for name, before in released.items()
        if name not in now or _worse(now[name], before)
    ]


def _worse(now: Tally, before: int) -> bool:
    slack = SLACK + now.total // A_HUNDRED
    if now.name in FEWER:
        return now.hits > before + slack
    return now.hits < before - slack
