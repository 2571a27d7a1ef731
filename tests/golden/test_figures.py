"""How well the real assistant does on the questions kept apart must not fall unnoticed."""

import asyncio
from functools import cache
from pathlib import Path

import pytest

from bot.evaluation import Labelled, Scored, Tally, read_labelled, score, tally
from bot.evaluation.released import drops, read_released
from bot.runtime.private import private_stack
from bot.runtime.questions import ask_all
from bot.settings import load_settings

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests" / "evaluation"
SETS = sorted(path.stem for path in FOLDER.glob("*.jsonl"))
pytestmark = pytest.mark.slow

# What holds whatever was released: every red flag, but for the set that is made of nothing else.
RED_FLAGS, LEAST, LEAST_OF_MANY = "red flags recognised", 1.0, 0.98


def _questions(name: str) -> list[Labelled]:
    return read_labelled((FOLDER / f"{name}.jsonl").read_text().splitlines())


async def _evaluate() -> dict[str, dict[str, Tally]]:
    found: dict[str, dict[str, Tally]] = {}
    async with private_stack(load_settings(ROOT, {})) as stack:
        for name in SETS:
            questions, scored = _questions(name), list[Scored]()
            async for _, said in ask_all(stack.conversations, [one.text for one in questions]):
                scored.append(score(questions[len(scored)], said))
            found[name] = {one.name: one for one in tally(scored)}
    return found


@cache
def figures() -> dict[str, dict[str, Tally]]:
    """Ask every question of every set, once for all tests."""
    return asyncio.run(_evaluate())


@pytest.mark.parametrize("name", SETS)
def test_no_figure_drops_below_the_last_release(name: str) -> None:
    released = read_released(FOLDER / "released.json")[name]
    assert drops(released, figures()[name].values()) == []


@pytest.mark.parametrize("name", SETS)
def test_every_red_flag_is_seen(name: str) -> None:
    seen = figures()[name][RED_FLAGS]
    least = LEAST_OF_MANY if name == "red_flags" else LEAST
    assert not seen.total or seen.share >= least
