"""Conversations are deleted when their time is up, whatever fails on the way."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, Update, update

from bot.conversation import Closed, StoreUnavailable
from bot.conversation.retention import KeepDays
from bot.runtime.keeping import ByChannel, keep_only
from bot.store import open_store
from bot.store.tables import conversations as table
from tests.conversation.conversation_fakes import Echo, conversations_of
from tests.databases import url_of

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)


@dataclass
class Forgetful:
    """Deletes, or fails, as it is told for each time; then waits for ever."""

    outcomes: list[int | Exception]
    asked: list[datetime] = field(default_factory=list)
    done: asyncio.Event = field(default_factory=asyncio.Event)

    async def forget_older(self, before: datetime) -> int:
        if len(self.asked) == len(self.outcomes):
            self.done.set()
            await asyncio.Event().wait()
        outcome = self.outcomes[len(self.asked)]
        self.asked.append(before)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


async def run(forgetful: Forgetful, now: Callable[[], datetime], days: int = 30) -> None:
    """Keep until every outcome was had, then cancel."""
    task = asyncio.create_task(keep_only(forgetful, days, every=0, now=now))
    async with asyncio.timeout(5):
        await forgetful.done.wait()
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    assert task.cancelled()


async def test_the_time_is_reckoned_anew_each_time() -> None:
    hours = iter(range(100))
    forgetful = Forgetful([2, 0, 1])
    await run(forgetful, lambda: NOW + timedelta(hours=next(hours)), days=30)
    first = datetime(2026, 11, 1, 9, tzinfo=UTC)
    assert forgetful.asked == [first + timedelta(hours=number) for number in range(3)]


async def test_each_channel_is_kept_for_its_own_time(tmp_path: Path) -> None:
    store = await open_store(url_of(tmp_path))
    conversations = conversations_of(store, Echo())
    now = datetime.now(UTC)
    kept = []
    for channel, age in (("widget", 31), ("whatsapp", 31), ("whatsapp", 91), ("desk", 9)):
        one = await conversations.start(channel)
        kept.append(one)
        changed = update(table).where(table.c.id == one).values(changed_at=now - timedelta(age))
        await store.database.write(partial(_execute, changed))
    keep = ByChannel(conversations, KeepDays(30, {"whatsapp": 90, "desk": 7}))
    assert await keep.forget_older(now - timedelta(days=30)) == 3
    assert (await conversations.state(kept[1])).channel == "whatsapp"
    await conversations.close()
    await store.close()


def _execute(statement: Update, connection: Connection) -> None:
    connection.execute(statement)


async def test_it_begins_at_once_and_then_waits() -> None:
    forgetful = Forgetful([1])
    task = asyncio.create_task(keep_only(forgetful, 30))
    await asyncio.sleep(0.05)
    assert len(forgetful.asked) == 1
    assert not forgetful.done.is_set()
    assert abs(datetime.now(UTC) - timedelta(days=30) - forgetful.asked[0]) < timedelta(minutes=1)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@pytest.mark.parametrize("error", [StoreUnavailable("a sore knee"), Closed(), KeyError("a knee")])
async def test_a_failure_is_one_line_and_tried_again(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        await run(Forgetful([error, 7]), lambda: NOW)
    failed, deleted = caplog.records
    assert (failed.levelname, deleted.levelname) == ("ERROR", "INFO")
    assert type(error).__name__ in failed.getMessage()
    assert "knee" not in caplog.text
    assert "\n" not in failed.getMessage()
    assert failed.exc_info is None
    assert deleted.getMessage().endswith(": 7")
