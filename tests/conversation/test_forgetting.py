"""What is deleted is gone, and nobody is left waiting for it."""

import asyncio
import logging
from contextlib import aclosing
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.conversation import Conversations, UnknownConversation
from bot.store import SqlStore
from tests.conversation.conversation_fakes import Echo, texts
from tests.databases import press, said
from tests.staff import person

TABLES = ("conversations", "turns", "messages", "feedback", "booking_clicks")
CLICKS_LEFT = "SELECT count(*) FROM booking_clicks WHERE conversation_id IS NULL"


def _rows(store: SqlStore) -> dict[str, int]:
    with store.database.reader.connect() as connection:
        counts = (connection.scalar(text(f"SELECT count(*) FROM {name}")) for name in TABLES)  # noqa: S608
        return {name: count or 0 for name, count in zip(TABLES, counts, strict=True)}


async def _full(conversations: Conversations, store: SqlStore) -> str:
    conversation = await conversations.start("widget")
    turn = await conversations.receive(conversation, "hello", key="k1")
    [reply] = await conversations.finished(turn, timeout=5)
    await conversations.rate(conversation, reply.message.id, True, None)
    await press(store, conversation, reply.message.id)
    await conversations.speak(conversation, person("Ada"), "Hello.")
    return conversation


async def test_a_forgotten_conversation_leaves_nothing_but_its_clicks(
    conversations: Conversations, store: SqlStore
) -> None:
    gone, kept = await _full(conversations, store), await _full(conversations, store)
    await conversations.forget(gone)
    assert _rows(store) == {
        "conversations": 1,
        "turns": 1,
        "messages": 3,
        "feedback": 1,
        "booking_clicks": 2,
    }
    with store.database.reader.connect() as connection:
        assert connection.scalar(text(CLICKS_LEFT)) == 1
    assert len(await conversations.transcript(kept)) == 3
    for attempt in (
        conversations.transcript(gone),
        conversations.forget(gone),
        conversations.receive(gone, "hello"),
    ):
        with pytest.raises(UnknownConversation):
            await attempt


async def test_a_turn_that_is_being_answered_ends_quietly(
    conversations: Conversations, assistant: Echo, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    assistant.held["hello"] = asyncio.Event()
    conversation = await conversations.start("widget")
    turns = [await conversations.receive(conversation, said) for said in ("hello", "behind it")]
    waiting = [asyncio.create_task(conversations.finished(turn, timeout=9)) for turn in turns]
    await assistant.begun.wait()
    async with asyncio.timeout(1):
        await conversations.forget(conversation)
        for waiter in waiting:
            with pytest.raises(UnknownConversation):
                await waiter
        with pytest.raises(UnknownConversation):
            await conversations.finished(turns[1], timeout=9)
        assistant.held["hello"].set()
        while conversations._lanes._tasks:  # noqa: ASYNC110
            await asyncio.sleep(0.001)
    assert assistant.asked == ["hello"]
    assert conversations._begun == set()
    assert caplog.text == ""


async def test_followers_of_a_forgotten_conversation_are_told(
    conversations: Conversations,
) -> None:
    conversation = await conversations.start("widget")
    async with asyncio.timeout(5), aclosing(conversations.follow(conversation)) as line:
        assert (await anext(line)).entries == ()
        more = asyncio.create_task(anext(line))
        await asyncio.sleep(0.01)
        await conversations.forget(conversation)
        with pytest.raises(UnknownConversation):
            await more


async def test_a_forgotten_conversation_can_begin_again(conversations: Conversations) -> None:
    conversation = await conversations.start("widget", "a" * 32)
    await conversations.receive(conversation, "hello", key="k1")
    await conversations.forget(conversation)
    assert await conversations.start("widget", "a" * 32) == conversation
    turn = await conversations.receive(conversation, "again", key="k1")
    assert texts(await conversations.finished(turn, timeout=5)) == ["re: again"]
    assert texts(await conversations.transcript(conversation)) == ["again", "re: again"]


async def test_old_conversations_are_forgotten_and_newer_ones_stay(
    conversations: Conversations, store: SqlStore
) -> None:
    old = [await conversations.start("widget") for _ in range(12)]
    await store.keep(old[7], said("hello"))
    between = datetime.now(UTC)
    await conversations.wait(old[3], "asked")
    new = await conversations.start("widget")
    assert await conversations.forget_older(between - timedelta(days=1)) == 0

    async with asyncio.timeout(9), aclosing(conversations.follow(old[8])) as line:
        await anext(line)
        assert await conversations.forget_older(between) == 11
        with pytest.raises(UnknownConversation):
            await anext(line)
    assert _rows(store) == dict.fromkeys(TABLES, 0) | {"conversations": 2}
    assert {(await conversations.state(one)).holder for one in (old[3], new)} == {"waiting", "bot"}


async def test_a_moment_without_a_time_zone_is_refused(conversations: Conversations) -> None:
    with pytest.raises(ValueError, match="time zone"):
        await conversations.forget_older(datetime(2026, 1, 1))
