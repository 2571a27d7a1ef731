"""Whoever follows a conversation sees each entry once, in order."""

import asyncio
import gc
from contextlib import aclosing
from weakref import ref

import pytest

from bot.conversation import Closed, Conversations, Entry
from bot.conversation.bells import Bells
from bot.store import SqlStore
from tests.conversation.conversation_fakes import Echo, conversations_of, say, texts
from tests.databases import at_once, said


async def _follow(
    conversations: Conversations, conversation: str, until: int, after: int = 0
) -> list[Entry]:
    seen: list[Entry] = []
    async with asyncio.timeout(5), aclosing(conversations.follow(conversation, after)) as line:
        async for news in line:
            seen += news.entries
            if seen and seen[-1].seq >= until:
                break
    return seen


async def test_followers_see_what_was_and_what_comes(conversations: Conversations) -> None:
    conversation = await conversations.start("widget")
    await conversations.finished(await conversations.receive(conversation, "one"), timeout=5)
    live = asyncio.create_task(_follow(conversations, conversation, until=6))
    late = asyncio.create_task(_follow(conversations, conversation, until=6, after=2))
    for text in ("two", "three"):
        await conversations.finished(await conversations.receive(conversation, text), timeout=5)
    transcript = await conversations.transcript(conversation)
    assert len(transcript) == 6
    assert await live == transcript
    assert await late == transcript[2:]


async def test_a_long_conversation_is_followed_without_gaps(
    store: SqlStore, conversations: Conversations
) -> None:
    conversation = await store.start("widget")
    for number in range(0, 110, 2):
        reply = say(str(number + 1), "urgent")
        await store.keep(conversation, said(str(number)), settle=at_once(reply))
    seen = await _follow(conversations, conversation, until=110)
    assert texts(seen) == [str(number) for number in range(110)]


async def test_a_follower_who_stops_reading_holds_nobody_up(conversations: Conversations) -> None:
    conversation = await conversations.start("widget")
    async with aclosing(conversations.follow(conversation)) as stuck:
        await conversations.receive(conversation, "first")
        seen = (await anext(stuck)).entries  # with the reply, when that was quick
        for number in range(9):
            await conversations.receive(conversation, str(number))
        assert len(await _follow(conversations, conversation, until=20)) == 20
        assert (await anext(stuck)).entries[0].seq == seen[-1].seq + 1


async def test_a_follower_who_leaves_is_not_remembered() -> None:
    bells = Bells()
    bell = ref(bells.listen("conversation"))
    gc.collect()
    assert bell() is None
    bells.ring("conversation")


async def test_a_ring_is_heard_by_all_who_listened_before_it() -> None:
    bells = Bells()
    one, two, other = bells.listen("a"), bells.listen("a"), bells.listen("b")
    bells.ring("a")
    assert one.is_set()
    assert two.is_set()
    assert not other.is_set()
    assert not bells.listen("a").is_set()


async def test_closing_lets_everybody_go(store: SqlStore, assistant: Echo) -> None:
    conversations = conversations_of(store, assistant)
    assistant.held["hello"] = asyncio.Event()
    conversation = await conversations.start("widget")
    turn = await conversations.receive(conversation, "hello")
    waiting = asyncio.create_task(conversations.finished(turn, timeout=5))
    async with aclosing(conversations.follow(conversation)) as line:
        assert texts((await anext(line)).entries) == ["hello"]
        end = asyncio.create_task(anext(line, None))
        await assistant.begun.wait()
        await conversations.close(grace=0)
        assert await end is None
    with pytest.raises(Closed):
        await waiting
    with pytest.raises(Closed):
        await conversations.receive(conversation, "too late")


class Counted(SqlStore):
    """Counts how often a turn's replies are looked up."""

    looks = 0

    async def replies(self, turn_id: str) -> list[Entry] | None:
        Counted.looks += 1
        return await SqlStore.replies(self, turn_id)


async def test_who_waits_for_a_turn_is_told_without_another_look(
    store: SqlStore, assistant: Echo
) -> None:
    conversations = conversations_of(Counted(store.database), assistant)
    conversation = await conversations.start("widget")
    told = await conversations.finished(await conversations.receive(conversation, "hello"), 5)
    assert texts(told) == ["re: hello"]
    assert Counted.looks == 0
    assert told == await store.entries(conversation, 1)
    await conversations.close()
