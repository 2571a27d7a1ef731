"""Staff speak under their names, and the conversation is theirs then."""

import asyncio

import pytest

from bot.conversation import Conversations
from bot.store import SqlStore
from tests.conversation.conversation_fakes import Echo, texts
from tests.staff import ADA, person


async def test_staff_speak_under_a_name_and_hold_the_conversation(
    conversations: Conversations, assistant: Echo
) -> None:
    conversation = await conversations.start("widget")
    await conversations.finished(await conversations.receive(conversation, "hello"), timeout=5)
    said = await conversations.speak(conversation, person("Dr Meyer"), "Good\0 morning\udc00.\n")
    assert (said.seq, said.author, said.name) == (3, "staff", "Dr Meyer")
    assert (said.message.kind, said.message.text) == ("staff", "Good morning�.")
    assert (await conversations.state(conversation)).holder == "staff"
    assert (await conversations.transcript(conversation))[-1] == said
    assert said.to_dict()["name"] == "Dr Meyer"

    turn = await conversations.receive(conversation, "thanks")
    assert await conversations.finished(turn, timeout=5) == []
    assert assistant.asked == ["hello"]


async def test_staff_who_speak_while_the_assistant_thinks_have_the_last_word(
    conversations: Conversations, assistant: Echo
) -> None:
    assistant.held["hello"] = asyncio.Event()
    conversation = await conversations.start("widget")
    turn = await conversations.receive(conversation, "hello")
    await assistant.begun.wait()
    await conversations.speak(conversation, person("Ada"), "I am here.")
    assistant.held["hello"].set()
    assert await conversations.finished(turn, timeout=5) == []
    assert texts(await conversations.transcript(conversation)) == ["hello", "I am here."]


@pytest.mark.parametrize("text", ["", " \0", "\n"])
async def test_staff_say_something(conversations: Conversations, text: str) -> None:
    conversation = await conversations.start("widget")
    with pytest.raises(ValueError, match="needs a text"):
        await conversations.speak(conversation, ADA, text)
    assert await conversations.transcript(conversation) == []
    assert (await conversations.state(conversation)).holder == "bot"


async def test_staff_and_patients_who_meet_are_numbered_without_gaps(
    conversations: Conversations, store: SqlStore
) -> None:
    conversation = await conversations.start("widget")
    await asyncio.gather(
        *(conversations.speak(conversation, person("Ada"), f"s{number}") for number in range(8)),
        *(conversations.receive(conversation, f"p{number}") for number in range(8)),
    )
    entries = await conversations.transcript(conversation)
    said = [entry for entry in entries if entry.author != "assistant"]
    assert len(said) == 16
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert {entry.name for entry in entries if entry.author == "patient"} == {None}
