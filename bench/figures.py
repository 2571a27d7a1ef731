"""What the clinic's figures cost: counting a full database once, then a minute's news, and reading
a report, while patients write. `.venv/bin/python -m bench.figures [CONVERSATIONS]`"""

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert

from bot.store import SqlStore, open_store
from bot.store.bookings import click
from bot.store.desk.figures import Figures
from bot.store.tables import booking_clicks, conversations, feedback, messages

ZONE = ZoneInfo("Europe/London")
CONVERSATIONS, EACH, DAYS = 100_000, 5, 90  # five turns, ten messages
ANSWERS = [f"answer_{number}" for number in range(90)]
DECLINES = [f"topic_{number}" for number in range(25)]
TEXT = "Stem cell treatment can last a long time, but it isn't always permanent. " * 4
Rows = dict[Any, list[dict[str, Any]]]


def made_up(number: int, dice: random.Random, now: datetime) -> Rows:
    """Return the rows of a conversation that might be."""
    of = f"{number:032x}"
    at = now - timedelta(days=dice.random() * DAYS)
    rows: Rows = {conversations: [], messages: [], feedback: [], booking_clicks: []}
    began = at
    for turn in range(EACH):
        at += timedelta(minutes=dice.expovariate(0.5))
        kind = dice.choices(
            ("answer", "decline", "clarify", "handoff", "urgent"), (72, 14, 9, 4, 1)
        )[0]
        intent = dice.choice(DECLINES if kind == "decline" else ANSWERS)
        for place, author in enumerate(("patient", "assistant"), start=1):
            seq = 2 * turn + place
            said = (kind, intent) if author == "assistant" else ("patient", None)
            rows[messages].append(
                {
                    "conversation_id": of, "seq": seq, "author": author, "id": f"{of}{seq}",
                    "kind": said[0], "intent": said[1], "text": TEXT, "extras": {}, "at": at,
                }
            )  # fmt: skip
        place_of = {"conversation_id": of, "message_id": f"{of}{2 * turn + 2}", "at": at}
        if dice.random() < 0.06:
            rows[feedback].append(place_of | {"helpful": dice.random() < 0.8})
        if dice.random() < 0.03:
            rows[booking_clicks].append(place_of)
    row = {"id": of, "channel": dice.choice(("widget", "whatsapp")), "holder": "bot"}
    rows[conversations].append(row | {"last_seq": 2 * EACH, "started_at": began, "changed_at": at})
    return rows


def fill(connection: Connection, numbers: range, now: datetime) -> None:
    """Put so many conversations in."""
    dice, rows = random.Random(numbers.start), Rows()  # noqa: S311 - no secret
    for number in numbers:
        for table, some in made_up(number, dice, now).items():
            rows.setdefault(table, []).extend(some)
    for table, some in rows.items():
        if some:
            connection.execute(insert(table), some)


async def measure(number: int) -> Iterator[str]:
    """Return lines that say what was measured."""
    lines: list[str] = []
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "candor.db"
        store = await open_store(f"sqlite:///{path}")
        for start in range(0, number, 2000):
            some = range(start, min(start + 2000, number))
            await store.database.write(lambda connection, some=some: fill(connection, some, now))
        lines.append(
            f"{number} conversations, {number * EACH * 2} messages, {path.stat().st_size >> 20} MB"
        )
        figures = Figures(store.database)
        waits: list[float] = []
        patient = asyncio.create_task(write_meanwhile(store, waits))
        used = time.process_time()
        took, counted = await timed(figures.count(ZONE))
        used = time.process_time() - used
        patient.cancel()
        waits.sort()
        lines.append(
            f"counted once: {counted} conversations in {took:.1f} s, {used:.1f} s of processor"
        )
        lines.append(
            f"a patient's message meanwhile: p50 {1000 * waits[len(waits) // 2]:.0f} ms, "
            f"p99 {1000 * waits[int(0.99 * len(waits))]:.0f} ms"
        )
        more = range(number, number + 20)
        await store.database.write(
            lambda connection: fill(connection, more, datetime.now(UTC) + timedelta(days=DAYS))
        )
        took, counted = await timed(figures.count(ZONE))
        lines.append(f"20 new conversations: {counted} counted in {1000 * took:.0f} ms")
        took, counted = await timed(figures.count(ZONE))
        lines.append(f"nothing new: {counted} counted in {1000 * took:.0f} ms")
        lines += [await read(figures, days) for days in (7, 30, 90)]
        await store.close()
    return iter(lines)


async def write_meanwhile(store: SqlStore, waits: list[float]) -> None:
    """Press a button now and then, and note how long it takes until that is kept."""
    while True:
        took, _ = await timed(
            store.database.write(partial(click, of=f"{0:032x}", message_id="m", reference=None))
        )
        waits.append(took)
        await asyncio.sleep(0.05)


async def read(figures: Figures, days: int) -> str:
    """Say how long a report's numbers take, with those of the period before."""
    today = datetime.now(ZONE).date()
    first, before = today - timedelta(days=days), today - timedelta(days=2 * days)
    costs = []
    for _ in range(9):
        began, used = time.perf_counter(), time.process_time()
        _, _, rows, _ = await asyncio.gather(
            figures.totals(first, today),
            figures.totals(before, first),
            figures.days(first, today),
            figures.days(before, first),
        )
        costs.append((time.perf_counter() - began, time.process_time() - used))
    took, used = (1000 * sorted(some)[4] for some in zip(*costs, strict=True))
    return f"a report on {days} days: {took:.0f} ms, {used:.0f} ms of processor ({len(rows)} rows)"


async def timed(work: Any) -> tuple[float, Any]:  # noqa: ANN401
    """Return how many seconds it took, and what it gave."""
    began = time.perf_counter()
    outcome = await work
    return time.perf_counter() - began, outcome


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else CONVERSATIONS
    print("\n".join(asyncio.run(measure(wanted))))
