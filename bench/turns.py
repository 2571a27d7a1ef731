"""What a turn costs through the whole application: beside the encoder alone, late in a
conversation, and with many conversations at once."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.pipelines import Pipeline
from bench.stock import running_stock, train_stock
from bot.cli.prepared import prepared_settings
from bot.runtime.private import private_stack
from bot.runtime.questions import ask_one
from bot.runtime.stack import Stack
from scripts.setup.environments import engine

ROOT = Path(__file__).resolve().parents[1]
QUESTIONS = ROOT / "tests" / "evaluation" / "check.jsonl"
# A question's cost is the median of so many: of three, the slowest in twenty tell of the machine's
# hiccups (3.8 to 4.3 times the encoder within an hour), of nine, of themselves (3.5 to 3.9).
WARM_UP, MEASURED, TIMES = 20, 150, 9
LONG, AROUND = 205, 5
AT_ONCE, EACH = 50, 12


@dataclass(frozen=True, slots=True)
class TurnCosts:
    """Milliseconds of turns, and what they are held against."""

    encoder: Sequence[float]  # of each question, alone
    turns: Sequence[float]  # of the same questions, a message kept to its reply kept
    stock: Sequence[float]  # of the same questions, with the stock parts and the same action
    early: float  # median around the 5th turn of a conversation
    late: float  # around the 200th
    a_second: float  # turns, with 50 conversations at once

    def __str__(self) -> str:
        ratios = sorted(turn / own for turn, own in zip(self.turns, self.encoder, strict=True))
        own, turns, stock = (sorted(costs) for costs in (self.encoder, self.turns, self.stock))
        return (
            f"{'':<26}{'p50':>10}{'p95':>10}\n"
            f"{'the encoder alone, ms':<26}{_at(own, 0.5):>10.1f}{_at(own, 0.95):>10.1f}\n"
            f"{'a whole turn, ms':<26}{_at(turns, 0.5):>10.1f}{_at(turns, 0.95):>10.1f}\n"
            f"{'a turn of rasa init, ms':<26}{_at(stock, 0.5):>10.1f}{_at(stock, 0.95):>10.1f}\n"
            f"{'turn / encoder':<26}{_at(ratios, 0.5):>10.2f}{_at(ratios, 0.95):>10.2f}\n"
            f"turns a second, {AT_ONCE} conversations at once: {self.a_second:.0f}\n"
            f"a turn of one conversation: {self.early:.0f} ms around the 5th, {self.late:.0f} ms "
            f"around the 200th, {self.late / self.early:.2f} times"
        )


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def measure_turns(stock: Pipeline) -> TurnCosts:
    """Talk to the trained assistant and to the stock one, and return what the turns cost."""
    model = train_stock(stock, ROOT)
    return asyncio.run(_measure(stock, model))


async def _measure(stock: Pipeline, model: Path) -> TurnCosts:
    settings = prepared_settings()
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line)["text"] for line in lines]
    async with private_stack(settings) as stack:
        async with _encoder() as alone:
            for text in asked[:WARM_UP]:
                await _cost(stack, await stack.conversations.start("bench"), text)
            own, turns = [], []
            # Side by side, so that both meet the same load of the machine.
            for text in asked[WARM_UP : WARM_UP + MEASURED]:
                own.append(median([await alone(text) for _ in range(TIMES)]))
                turns.append(await _median_cost(stack, text))
        async with running_stock(stock, model, settings, stack) as ask_stock:
            for text in asked[:WARM_UP]:
                await ask_stock(text)
            measured = asked[WARM_UP : WARM_UP + MEASURED]
            others = [median([await ask_stock(text) for _ in range(TIMES)]) for text in measured]
        early, late = await _early_and_late(stack, asked)
        return TurnCosts(own, turns, others, early, late, await _many_at_once(stack, asked))


@asynccontextmanager
async def _encoder() -> AsyncIterator[Callable[[str], Awaitable[float]]]:
    """Run the encoder alone, in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        str(engine(ROOT).python), "bench/encode.py", cwd=ROOT,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    await process.stdout.readline()

    async def encode(text: str) -> float:
        process.stdin.write(text.replace("\n", " ").encode() + b"\n")
        return float(await process.stdout.readline())

    yield encode
    process.stdin.close()
    await process.wait()


async def _median_cost(stack: Stack, text: str) -> float:
    """Return the median cost of the question as the first of a few conversations."""
    costs = []
    for _ in range(TIMES):
        costs.append(await _cost(stack, await stack.conversations.start("bench"), text))
    return median(costs)


async def _early_and_late(stack: Stack, asked: Sequence[str]) -> tuple[float, float]:
    """Fill one conversation, then take turns with a fresh one, so that both meet the same load."""
    long, fresh = [await stack.conversations.start("bench") for _ in range(2)]
    for turn in range(LONG - AROUND):
        await _cost(stack, long, asked[turn % len(asked)])
    early, late = [], []
    for turn in range(2 * AROUND):
        early.append(await _cost(stack, fresh, asked[turn]))
        late.append(await _cost(stack, long, asked[turn]))
    return median(early), median(late)


async def _many_at_once(stack: Stack, asked: Sequence[str]) -> float:
    """Return the turns a second while many conversations go on, each one turn at a time."""

    async def talk(number: int) -> None:
        conversation = await stack.conversations.start("bench")
        for turn in range(EACH):
            text = asked[(number * EACH + turn) % len(asked)]
            await ask_one(stack.conversations, text, conversation)

    began = time.perf_counter()
    await asyncio.gather(*(talk(number) for number in range(AT_ONCE)))
    return AT_ONCE * EACH / (time.perf_counter() - began)


async def _cost(stack: Stack, conversation: str, text: str) -> float:
    """Return the milliseconds from a message that comes in to its finished reply."""
    began = time.perf_counter()
    await ask_one(stack.conversations, text, conversation)
    return 1000 * (time.perf_counter() - began)
