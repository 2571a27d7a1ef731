"""A patient says what helped, and the last word counts."""

import asyncio

import pytest

from bot.conversation import Conversations, Entry, Feedback, UnknownConversation, UnknownMessage
from tests.staff import person


async def _answered(conversations: Conversations) -> tuple[str, Entry, Entry]:
    conversation = await conversations.start("widget")
    turn = await conversations.receive(conversation, "hello", key="k1")
    await conversations.finished(turn, timeout=5)
    question, answer = await conversations.transcript(conversation)
    return conversation, question, answer


async def test_feedback_stands_beside_its_message_and_the_newest_counts(
    conversations: Conversations,
) -> None:
    conversation, question, answer = await _answered(conversations)
    assert answer.feedback is None
    for helpful, reason, kept in (
        (True, None, None),
        (False, " It isn't\0 about my knee. ", "It isn't about my knee."),
        (False, "\0 ", None),
    ):
        await conversations.rate(conversation, answer.message.id, helpful, reason)
        entries = await conversations.transcript(conversation)
        assert [entry.feedback for entry in entries] == [None, Feedback(helpful, kept)]
        assert entries[1].to_dict()["feedback"] == {"helpful": helpful, "reason": kept}
    assert question.to_dict()["feedback"] is None


async def test_a_turns_replies_come_with_their_feedback(conversations: Conversations) -> None:
    conversation = await conversations.start("widget")
    turn = await conversations.receive(conversation, "hello")
    [reply] = await conversations.finished(turn, timeout=5)
    await conversations.rate(conversation, reply.message.id, True, "clear")
    [rated] = await conversations.finished(turn, timeout=5)
    assert rated.feedback == Feedback(True, "clear")


async def test_only_what_the_assistant_said_here_can_be_rated(
    conversations: Conversations,
) -> None:
    conversation, question, _answer = await _answered(conversations)
    _, _, elsewhere = await _answered(conversations)
    staff = await conversations.speak(conversation, person("Ada"), "Hello.")
    for message in (question.message.id, staff.message.id, elsewhere.message.id, "a\0b", ""):
        with pytest.raises(UnknownMessage):
            await conversations.rate(conversation, message, True, None)
    with pytest.raises(UnknownConversation):
        await conversations.rate("nobody", elsewhere.message.id, True, None)
    assert await conversations.feedback_counts() == {True: 0, False: 0}


async def test_feedback_is_counted_once_a_message(conversations: Conversations) -> None:
    talks = [await _answered(conversations) for _ in range(3)]
    for (conversation, _, answer), helpful in zip(talks, (True, False, True), strict=True):
        rates = (
            conversations.rate(conversation, answer.message.id, helpful, None) for _ in range(4)
        )
        await asyncio.gather(*rates)
    assert await conversations.feedback_counts() == {True: 2, False: 1}


async def test_a_patients_message_comes_back_with_its_key(conversations: Conversations) -> None:
    conversation, question, answer = await _answered(conversations)
    assert (question.key, answer.key) == ("k1", None)
    assert question.to_dict()["key"] == "k1"
    await conversations.receive(conversation, "without")
    assert (await conversations.transcript(conversation, after=2))[0].key is None
