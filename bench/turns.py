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
    async with private_stack(prepared_settings()) as stack:
        conversation = await stack.conversations.start("bench")
        costs = [await _cost(stack, conversation, turn) for turn in range(TURNS)]
    return TurnCosts(median(costs[2 : 2 + 2 * AROUND]), median(costs[-2 * AROUND :]))


async def _cost(stack: Stack, conversation: str, turn: int) -> float:
    began = time.perf_counter()
    await ask_one(stack.conversations, ASKED[turn % len(ASKED)], conversation)
    return 1000 * (time.perf_counter() - began)
