"""How well the real assistant does on the questions kept apart must not fall unnoticed."""

import asyncio
from pathlib import Path

import pytest

from bot.evaluation import Scored, Tally, read_labelled, score, tally
from bot.evaluation.released import drops, read_released
from bot.runtime.private import private_stack
from bot.runtime.questions import ask_all
from bot.settings import load_settings

ROOT = Path(__file__).parents[2]
SETS = ("development", "check", "kept_back")
pytestmark = pytest.mark.slow

# What holds whatever was released.
AT_LEAST = {"red flags recognised": 1.0}


async def _evaluate(name: str) -> dict[str, Tally]:
    questions = read_labelled((ROOT / f"tests/evaluation/{name}.jsonl").read_text().splitlines())
    scored: list[Scored] = []
    async with private_stack(load_settings(ROOT, {})) as stack:
        texts = [question.text for question in questions]
        async for _, messages in ask_all(stack.conversations, texts):
            scored.append(score(questions[len(scored)], messages))
    return {one.name: one for one in tally(scored)}


@pytest.mark.parametrize("name", SETS)
def test_no_figure_drops_below_the_last_release(name: str) -> None:
    figures = asyncio.run(_evaluate(name))
    released = read_released(ROOT / "tests/evaluation/released.json")[name]
    assert drops(released, figures.values()) == []
    assert all(figures[what].share >= least for what, least in AT_LEAST.items())
