"""What a turn costs early and late in one conversation, through the whole application."""

import asyncio
import time
from dataclasses import dataclass
from statistics import median

from bot.cli.prepared import prepared_settings
from bot.runtime.private import private_stack
from bot.runtime.questions import ask_one
from bot.runtime.stack import Stack

ASKED = (
    "is it permanent?",
    "how long do the results last",
    "why?",
    "does smoking matter",
    "is it safe",
)
TURNS, AROUND = 205, 5


@dataclass(frozen=True, slots=True)
class TurnCosts:
    """Milliseconds of the turns around the 5th and around the 200th, as medians."""

    early: float
    late: float

    def __str__(self) -> str:
        return (
            f"a turn of one conversation: {self.early:.0f} ms around the 5th, {self.late:.0f} ms "
            f"around the 200th, {self.late / self.early:.2f} times"
        )


def measure_turns() -> TurnCosts:
    """Talk to the trained assistant for 205 turns and return what the turns cost."""
    return asyncio.run(_measure())


async def _measure() -> TurnCosts:
    """Fill one conversation, then take turns with a fresh one, so that both meet the same load."""
    async with private_stack(prepared_settings()) as stack:
        long, fresh = [await stack.conversations.start("bench") for _ in range(2)]
        for turn in range(TURNS - AROUND):
            await _cost(stack, long, turn)
        early, late = [], []
        for turn in range(2 * AROUND):
            early.append(await _cost(stack, fresh, turn))
            late.append(await _cost(stack, long, turn))
    return TurnCosts(median(early), median(late))


async def _cost(stack: Stack, conversation: str, turn: int) -> float:
    began = time.perf_counter()
    await ask_one(stack.conversations, ASKED[turn % len(ASKED)], conversation)
    return 1000 * (time.perf_counter() - began)
