"""Deletion goes in steps small enough that nobody who writes has to wait long."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.conversation import Message
from bot.conversation.message import new_id
from bot.store import SqlStore, open_store
from tests.databases import at_once, said, url_of

ROW = text(
    "INSERT INTO conversations (id, channel, holder, last_seq, started_at, changed_at)"
    " VALUES (:id, 'widget', 'bot', :said, :at, :at)"
)
NOW = datetime(2026, 5, 1, tzinfo=UTC)


def _make(store: SqlStore, sizes: list[int]) -> None:
    """Make conversations with so many messages each, the first one changed last."""
    rows = [
        {"id": f"c{number}", "said": said, "at": f"{NOW - timedelta(hours=number):%F %T.000000}"}
        for number, said in enumerate(sizes)
    ]
    with store.database.writer.begin() as connection:
        connection.execute(ROW, rows)


@pytest.mark.parametrize(
    ("sizes", "steps"),
    [
        ([0] * 450, [200, 200, 50]),
        ([1500] * 3, [1, 1, 1]),
        ([5000, 1, 1, 1], [3, 1]),
        ([500] * 9, [4, 4, 1]),
    ],
)
async def test_so_many_go_at_once(store: SqlStore, sizes: list[int], steps: list[int]) -> None:
    _make(store, sizes)
    taken: list[tuple[str, ...]] = []
    while (gone := await store.forget_some(NOW + timedelta(hours=1))).conversations:
        taken.append(gone.conversations)
    assert [len(some) for some in taken] == steps
    oldest_first = [f"c{number}" for number in reversed(range(len(sizes)))]
    assert [one for some in taken for one in some] == oldest_first


async def test_only_what_is_older_goes(store: SqlStore) -> None:
    _make(store, [0] * 5)
    gone = await store.forget_some(NOW - timedelta(hours=2))
    assert gone.conversations == ("c4", "c3")


async def test_deleting_tells_which_turns_nobody_will_finish(store: SqlStore) -> None:
    conversation = await store.start("widget")
    waiting = await store.keep(conversation, said("a"))
    await store.keep(conversation, said("a"), settle=at_once(Message(new_id(), "urgent", "b")))
    gone = await store.forget(conversation)
    assert (gone.conversations, gone.turns) == ((conversation,), (waiting.turn_id,))
    assert await store.reopen() == []


async def test_the_oldest_are_found_by_an_index(store: SqlStore) -> None:
    query = "SELECT id FROM conversations WHERE changed_at < ? ORDER BY changed_at LIMIT 200"
    with store.database.reader.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", ("2026",)).all()
    assert "conversations_changed_at" in plan[0].detail


async def test_no_word_of_a_deleted_conversation_is_left_on_the_disk(tmp_path: Path) -> None:
    store = await open_store(url_of(tmp_path))
    conversation = await store.start("widget")
    await store.keep(conversation, said("a secret symptom"))
    files = [tmp_path / "candor.db", tmp_path / "candor.db-wal"]
    assert any(b"secret symptom" in path.read_bytes() for path in files)
    await store.forget(conversation)
    assert not any(b"secret symptom" in path.read_bytes() for path in files if path.exists())
    await store.close()
