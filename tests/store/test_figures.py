"""The figures are the same however often they are counted, and whatever is cut off on the way."""

from asyncio import Runner
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert, text, update

from bot.conversation import UnknownConversation
from bot.store import SqlStore, open_store
from bot.store.desk import figures as counting
from bot.store.desk import figures_counting, figures_tables
from bot.store.desk.figures import Figures
from bot.store.tables import booking_clicks, conversations, feedback, messages
from tests.databases import url_of

LONDON = ZoneInfo("Europe/London")
START = datetime(2026, 11, 2, 9, tzinfo=UTC)
FAR = START + timedelta(days=400)
KINDS = ("answer", "clarify", "decline", "urgent", "handoff", "smalltalk")
CHANNELS = ("widget", "whatsapp")


class Cut(BaseException):
    """The process was killed."""


# What happens, one after the other: where, what, and how many hours later.
happening = st.tuples(
    st.integers(0, 1),
    st.one_of(st.sampled_from(KINDS), st.sampled_from(["staff", "up", "down", "press", "forget"])),
    st.sampled_from([0, 0, 1, 23, 24, 70]),
)
# None counts; a number is after how many transactions the process is killed while it counts.
step = st.one_of(happening, st.none(), st.integers(0, 2))


def happen(connection: Connection, number: int, event: tuple[int, str, int], now: datetime) -> None:
    """Write what happened straight into the tables, with the time that it has in the story."""
    which, what, _ = event
    of = f"c{which}"
    if what in ("up", "down", "press"):
        last = connection.execute(
            text("SELECT id FROM messages WHERE conversation_id = :c AND author = 'assistant'"
                 " ORDER BY seq DESC LIMIT 1"), {"c": of}).scalar()  # fmt: skip
        if last is None:
            return
        place = {"conversation_id": of, "message_id": last}
        if what == "press":
            connection.execute(insert(booking_clicks).values(**place, at=now))
            return
        connection.execute(feedback.delete().filter_by(**place))
        connection.execute(insert(feedback).values(**place, helpful=what == "up", at=now))
        return
    known = text("SELECT last_seq FROM conversations WHERE id = :c")
    seq = connection.execute(known, {"c": of}).scalar()
    if seq is None:
        row = {"id": of, "channel": CHANNELS[which % 2], "holder": "bot", "last_seq": 0}
        connection.execute(insert(conversations).values(**row, started_at=now, changed_at=now))
        seq = 0
    authors = ("staff",) if what == "staff" else ("patient", "assistant")
    for author in authors:
        seq += 1
        connection.execute(
            insert(messages).values(
                conversation_id=of, seq=seq, author=author, id=f"m{number}-{seq}", text="x",
                kind=what if author == "assistant" else author, extras={}, at=now,
                intent=f"i{number % 3}" if author == "assistant" else None,
            )
        )  # fmt: skip
    moved = update(conversations).where(conversations.c.id == of)
    connection.execute(moved.values(last_seq=seq, changed_at=now))


@asynccontextmanager
async def killed_after(store: SqlStore, writes: int) -> AsyncIterator[None]:
    """Kill whoever writes more often than that, before or after its transaction is durable."""
    left = writes
    write = store.database.together

    async def cut(work: Callable[[Connection], object]) -> object:
        nonlocal left
        if left == 0:
            raise Cut
        left -= 1
        return await write.run(work)  # type: ignore[union-attr]

    object.__setattr__(store.database, "together", type("Killed", (), {"run": staticmethod(cut)}))
    with suppress(Cut):
        yield
    object.__setattr__(store.database, "together", write)


async def live(store: SqlStore, story: list[object], every_step: bool) -> list[tuple[object, ...]]:
    """Let a story happen; count where it says so, or only at its end; return the figures."""
    await store.database.write(emptied)
    figures, now = Figures(store.database), START
    await figures.count(LONDON, lambda: START)  # which tells the zone
    for number, one in enumerate(story):
        if isinstance(one, tuple):
            now += timedelta(hours=one[2])
            if one[1] == "forget":
                await forget(store, one[0], now)
            else:
                await store.database.write(
                    lambda connection, one=one, n=number, at=now: happen(connection, n, one, at)
                )
        elif every_step and one is None:
            await figures.count(LONDON, lambda at=now: at)
        elif every_step:
            async with killed_after(store, one):  # type: ignore[arg-type]
                await figures.count(LONDON, lambda at=now: at)
    await figures.count(LONDON, lambda: FAR)
    rows = await figures.totals(date(2026, 1, 1), date(2030, 1, 1))
    days = await figures.days(date(2026, 1, 1), date(2030, 1, 1))
    by_subject, by_day = (sum(row.number for row in some) for some in (rows, days))
    assert by_subject == by_day
    return [*sorted(tuple(row) for row in rows), *(tuple(row) for row in days)]


def emptied(connection: Connection) -> None:
    figures, days, state = figures_tables.figures, figures_tables.days, figures_tables.state
    for table in (booking_clicks, conversations, figures, days, figures_tables.subjects, state):
        connection.execute(delete(table))


async def forget(store: SqlStore, which: int, now: datetime) -> None:
    """Delete a conversation, whose last count is made at that time."""
    with pytest.MonkeyPatch.context() as patch, suppress(UnknownConversation):
        patch.setattr(figures_counting, "datetime", Clock(now))
        await store.forget(f"c{which}")


class Clock:
    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self, _: object) -> datetime:
        return self.at


@pytest.fixture
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Runner, SqlStore]]:
    """A store and a loop for as many stories as are made up."""
    monkeypatch.setattr(counting, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(counting, "MOST_CONVERSATIONS", 1)
    with Runner() as runner:
        store = runner.run(open_store(url_of(tmp_path)))
        yield runner, store
        runner.run(store.close())


@pytest.mark.slow
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(story=st.lists(step, min_size=4, max_size=14))
def test_counting_in_steps_with_crashes_is_counting_once(
    apart: tuple[Runner, SqlStore], story: list[object]
) -> None:
    runner, store = apart
    in_steps, at_the_end = [runner.run(live(store, story, steps)) for steps in (True, False)]
    assert in_steps == at_the_end
