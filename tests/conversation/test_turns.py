"""A message is kept, then answered in its turn."""

import asyncio

import pytest

from bot.conversation import (
    AssistantUnavailable,
    Conversations,
    UnknownConversation,
    UnknownTurn,
)
from bot.conversation.records import Said
from bot.store import SqlStore
from tests.conversation.conversation_fakes import Echo, conversations_of, say, texts
from tests.databases import press
from tests.staff import ADA, person


async def test_a_message_gets_its_answer_below_it(conversations: Conversations) -> None:
    conversation = await conversations.start("widget")
    turn = await conversations.receive(conversation, "Is it permanent?")
    replies = await conversations.finished(turn, timeout=5)
    assert texts(replies) == ["re: Is it permanent?"]
    entries = await conversations.transcript(conversation)
    assert [(entry.seq, entry.author) for entry in entries] == [(1, "patient"), (2, "assistant")]
    assert entries[0].at.utcoffset() is not None
    assert await conversations.transcript(conversation, after=1) == replies


async def test_a_message_is_kept_before_it_is_worked_on(
    conversations: Conversations, assistant: Echo
) -> None:
    assistant.held["hello"] = asyncio.Event()
    conversation = await conversations.start("widget")
    turn = await conversations.receive(conversation, "hello")
    assert texts(await conversations.transcript(conversation)) == ["hello"]
    with pytest.raises(TimeoutError):
        await conversations.finished(turn, timeout=0.02)
    assistant.held["hello"].set()
    assert texts(await conversations.finished(turn, timeout=5)) == ["re: hello"]


async def test_a_message_is_read_once_before_its_turn_as_the_turn_tells_it(
    conversations: Conversations, assistant: Echo
) -> None:
    conversation = await conversations.start("widget")
    kept = await conversations.receive_together(conversation, [Said("hello"), Said("it's me")])
    await conversations.finished(kept.turn_id, timeout=5)
    assert assistant.ahead == assistant.asked == ["hello\nit's me"]


async def test_a_message_with_a_fixed_reply_is_not_read_ahead(
    conversations: Conversations, assistant: Echo
) -> None:
    conversation = await conversations.start("widget")
    await conversations.receive_together(conversation, [Said("yes")], fixed=[say("Thank you.")])
    assert not assistant.ahead


async def test_the_same_key_is_the_same_turn(conversations: Conversations, assistant: Echo) -> None:
    conversation = await conversations.start("widget")
    sends = [conversations.receive(conversation, "once", key="k1") for _ in range(5)]
    turns = set(await asyncio.gather(*sends))
    assert len(turns) == 1
    await conversations.finished(turns.pop(), timeout=5)
    assert assistant.asked == ["once"]
    assert texts(await conversations.transcript(conversation)) == ["once", "re: once"]


async def test_a_key_belongs_to_its_conversation(conversations: Conversations) -> None:
    one, two = [await conversations.start("widget") for _ in range(2)]
    turns = [await conversations.receive(each, "hello", key="k1") for each in (one, two)]
    assert turns[0] != turns[1]


async def test_turns_of_a_conversation_are_answered_in_order_and_others_meanwhile(
    conversations: Conversations, assistant: Echo
) -> None:
    assistant.held["a1"] = asyncio.Event()
    held, free = [await conversations.start("widget") for _ in range(2)]
    turns = [await conversations.receive(held, text) for text in ("a1", "a2", "a3")]
    await assistant.begun.wait()
    await conversations.finished(await conversations.receive(free, "b1"), timeout=5)
    assert assistant.asked == ["a1", "b1"]
    assistant.held["a1"].set()
    await conversations.finished(turns[2], timeout=5)
    expected = ["a1", "a2", "a3", "re: a1", "re: a2", "re: a3"]
    assert texts(await conversations.transcript(held)) == expected


async def test_only_so_many_turns_are_worked_on_at_once(store: SqlStore, assistant: Echo) -> None:
    conversations = conversations_of(store, assistant, places=2)
    gate = asyncio.Event()
    assistant.held = {str(number): gate for number in range(6)}
    turns = [
        await conversations.receive(await conversations.start("widget"), text)
        for text in assistant.held
    ]
    gate.set()
    for turn in turns:
        await conversations.finished(turn, timeout=5)
    assert assistant.most_at_once == 2
    await conversations.close()


async def test_a_sender_who_goes_away_is_answered_all_the_same(
    conversations: Conversations, assistant: Echo
) -> None:
    conversation = await conversations.start("widget")
    sending = asyncio.create_task(conversations.receive(conversation, "hello"))
    await asyncio.sleep(0)
    sending.cancel()
    async with asyncio.timeout(5):
        async for news in conversations.follow(conversation):
            if any(entry.seq == 2 for entry in news.entries):
                break
    assert assistant.asked == ["hello"]


async def test_a_tapped_button_is_shown_as_its_label(
    conversations: Conversations, assistant: Echo
) -> None:
    conversation = await conversations.start("widget")
    turn = await conversations.receive(conversation, "ask:wear_off", shown="Does it wear off?")
    await conversations.finished(turn, timeout=5)
    assert assistant.asked == ["ask:wear_off"]
    assert texts(await conversations.transcript(conversation))[0] == "Does it wear off?"


@pytest.mark.parametrize("text", ["x" * 100_000, "😀", "שלום\u202e", "a\0b", "\ud83d half", "", "​"])
async def test_any_text_is_taken(conversations: Conversations, text: str) -> None:
    conversation = await conversations.start("widget")
    turn = await conversations.receive(conversation, text, key=text)
    assert len(await conversations.finished(turn, timeout=5)) == 1
    assert await conversations.receive(conversation, text, key=text) == turn
    texts(await conversations.transcript(conversation))[0].encode()


async def test_what_is_unknown_is_named(conversations: Conversations) -> None:
    for attempt in (
        conversations.receive("nobody", "hello"),
        conversations.transcript("nobody"),
        conversations.state("nobody"),
        conversations.take("nobody", ADA),
        conversations.entries("nobody", limit=5),
        conversations.speak("nobody", person("Ada"), "Hello."),
        conversations.rate("nobody", "m1", True, None),
        conversations.forget("nobody"),
        anext(conversations.follow("nobody")),
    ):
        with pytest.raises(UnknownConversation):
            await attempt
    with pytest.raises(UnknownTurn):
        await conversations.finished("never", timeout=5)


async def test_booking_clicks_are_counted(conversations: Conversations, store: SqlStore) -> None:
    conversation = await conversations.start("widget")
    assert await conversations.booking_clicks() == 0
    for _ in range(2):
        await press(store, conversation, "m1")
    assert await conversations.booking_clicks() == 2


async def test_the_assistant_remembers_from_turn_to_turn(
    store: SqlStore, conversations: Conversations, assistant: Echo
) -> None:
    conversation, other = [await conversations.start("widget") for _ in range(2)]
    for text in ("one", "two", "three"):
        turn = await conversations.receive(conversation, text)
        await conversations.finished(turn, timeout=5)
    await conversations.finished(await conversations.receive(other, "hello"), timeout=5)
    assert assistant.memories == [{}, {"turns": 1}, {"turns": 2}, {}]


async def test_a_turn_that_is_tried_again_finds_the_memory_it_found_before(
    conversations: Conversations, assistant: Echo
) -> None:
    conversation = await conversations.start("widget")
    await conversations.finished(await conversations.receive(conversation, "one"), timeout=5)
    assistant.failing["two"] = [AssistantUnavailable(), AssistantUnavailable()]
    await conversations.finished(await conversations.receive(conversation, "two"), timeout=5)
    assert assistant.memories == [{}, *3 * [{"turns": 1}]]


async def test_what_was_not_said_is_not_remembered(
    conversations: Conversations, assistant: Echo
) -> None:
    assistant.held["slow"] = asyncio.Event()
    conversation = await conversations.start("widget")
    slow = await conversations.receive(conversation, "slow")
    await assistant.begun.wait()
    await conversations.take(conversation, ADA)
    assistant.held["slow"].set()
    assert await conversations.finished(slow, timeout=5) == []
    await conversations.hand_back(conversation, ADA)
    await conversations.finished(await conversations.receive(conversation, "again"), timeout=5)
    assert assistant.memories == [{}, {}]


async def test_a_reply_is_found_though_its_bell_was_missed(
    conversations: Conversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.conversation.watching.LOOK_AGAIN", 0.05)
    conversation = await conversations.start("widget")
    turn = await conversations.receive(conversation, "hello")
    await conversations.finished(turn, timeout=5)
    conversations._begun.add(turn)
    assert texts(await conversations.finished(turn, timeout=5)) == ["re: hello"]
