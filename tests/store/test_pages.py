"""A conversation is read page by page, backwards without gap, at the same cost at any length."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Select

from bot.conversation import Entry, Feedback, Message, Outcome, UnknownConversation
from bot.conversation.message import new_id
from bot.store import SqlStore, open_store
from bot.store.queries import FIRST_ENTRIES, LAST_ENTRIES
from tests.databases import fill, said, url_of


async def _long(store: SqlStore, lines: int) -> str:
    """Return a conversation of so many lines, the first of each three rated."""
    conversation = await store.start("widget")
    fill(store, conversation, lines)
    for seq in range(1, min(lines, 30) + 1, 3):
        await store.rate(conversation, f"m{seq}", seq % 2 == 0, f"reason {seq}")
    return conversation


async def _check_pages(store: SqlStore, lines: int, limit: int, after: int, before: int) -> None:
    conversation = await _long(store, lines)
    every = await store.entries(conversation)
    assert [entry.seq for entry in every] == list(range(1, lines + 1))
    between = [entry for entry in every if after < entry.seq < before]
    assert await store.entries(conversation, after, before, limit) == between[-limit:]
    assert list((await store.news(conversation, after, limit)).entries) == every[after:][:limit]
    backwards: list[Entry] = []
    edge: int | None = None
    while page := await store.entries(conversation, 0, edge, limit):
        assert len(page) <= limit
        backwards = page + backwards
        edge = page[0].seq
    assert backwards == every


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(st.integers(0, 40), st.integers(1, 12), st.integers(0, 45), st.integers(0, 45))
def test_pages_lead_back_through_the_whole_conversation(
    lines: int, limit: int, after: int, before: int
) -> None:
    async def check() -> None:
        with TemporaryDirectory() as folder:
            store = await open_store(url_of(Path(folder)))
            await _check_pages(store, lines, limit, after, before)
            await store.close()

    asyncio.run(check())


async def test_entries_of_two_conversations_are_never_mixed(store: SqlStore) -> None:
    one, two = await _long(store, 5), await _long(store, 9)
    await store.rate(one, "m2", False, "here")
    assert len(await store.entries(one, 0, None, 100)) == 5
    assert (await store.entries(one, 1, 3))[0].feedback == Feedback(False, "here")
    assert (await store.entries(two, 1, 3))[0].feedback is None


@pytest.mark.parametrize(("after", "before"), [(10**12, None), (0, 0), (0, 1), (3, 4), (9, 2)])
async def test_nothing_lies_between_cursors_that_meet(
    store: SqlStore, after: int, before: int | None
) -> None:
    conversation = await _long(store, 5)
    assert await store.entries(conversation, after, before, 10) == []
    assert await store.entries(conversation, 0, None, 0) == []
    assert len(await store.entries(conversation, 0, 10**12, 10**12)) == 5


async def test_an_unknown_conversation_has_no_pages(store: SqlStore) -> None:
    await _long(store, 3)
    for attempt in (store.entries("nobody", 0, None, 5), store.news("nobody", 0, 5)):
        with pytest.raises(UnknownConversation):
            await attempt


async def test_an_entry_says_its_key_once(store: SqlStore) -> None:
    conversation = await store.start("widget")
    kept = await store.keep(conversation, said("hello", "k1"))
    reply = Message(new_id(), "answer", "re")
    await store.finish(kept.turn_id, lambda now: Outcome((reply,), now.holding))
    assert [entry.key for entry in await store.entries(conversation)] == ["k1", None]


def _work(store: SqlStore, query: Select[object], **place: object) -> int:
    """Return how many steps SQLite's machine takes for a query."""
    steps = 0

    def step() -> None:
        nonlocal steps
        steps += 1

    with store.database.reader.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.set_progress_handler(step, 1)
        assert len(connection.execute(query, place).all()) == 50
        driver.set_progress_handler(None, 1)
    return steps


@pytest.mark.parametrize(
    ("query", "after", "before"),
    [(LAST_ENTRIES, 0, 5001), (LAST_ENTRIES, 0, 2500), (FIRST_ENTRIES, 0, 5001)],
)
async def test_a_page_costs_the_same_in_a_conversation_of_5000(
    store: SqlStore, query: Select[object], after: int, before: int
) -> None:
    short, long = await _long(store, 60), await _long(store, 5000)
    place = {"after": after, "limit": 50}
    least = _work(store, query, conversation=short, before=61, **place)
    assert _work(store, query, conversation=long, before=before, **place) < 1.1 * least
