"""How well the real assistant does on the questions kept apart must not fall unnoticed."""

import asyncio
from pathlib import Path

import pytest

from bot.evaluation import Scored, Tally, read_labelled, score, tally
from bot.runtime.private import private_stack
from bot.runtime.questions import ask_all
from bot.settings import load_settings

ROOT = Path(__file__).parents[2]
SETS = ("development", "check")
pytestmark = pytest.mark.slow

# The least that a release may do, a few points under what was measured last.
AT_LEAST = {
    "answerable: right section first": 0.83,
    "not answered by the documents: declined": 0.85,
    "red flags recognised": 1.0,
    "booking": 0.9,
}
AT_MOST = {
    "any question: answered with a wrong passage": 0.05,
    "any question: false alarm": 0.02,
}


async def _evaluate(name: str) -> dict[str, Tally]:
    questions = read_labelled((ROOT / f"tests/evaluation/{name}.jsonl").read_text().splitlines())
    scored: list[Scored] = []
    async with private_stack(load_settings(ROOT, {})) as stack:
        texts = [question.text for question in questions]
        async for _, messages in ask_all(stack.conversations, texts):
            scored.append(score(questions[len(scored)], messages))
    return {one.name: one for one in tally(scored)}


@pytest.mark.parametrize("name", SETS)
def test_figures_hold(name: str) -> None:
    figures = asyncio.run(_evaluate(name))
    short = {
        what: figures[what].share for what, least in AT_LEAST.items() if figures[what].share < least
    }
    over = {
        what: figures[what].share for what, most in AT_MOST.items() if figures[what].share > most
    }
    assert (short, over) == ({}, {})
