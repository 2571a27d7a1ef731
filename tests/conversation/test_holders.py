"""Red flags come before everything; whoever holds the conversation is respected."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.conversation import (
    AssistantUnavailable,
    Conversations,
    Holder,
    Holding,
    Reply,
    Standing,
)
from bot.conversation.message import Kind
from bot.conversation.settling import settle
from tests.conversation.conversation_fakes import Echo, say, texts
from tests.staff import ADA

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


async def test_a_red_flag_is_answered_without_the_assistant(
    conversations: Conversations, assistant: Echo
) -> None:
    conversation = await conversations.start("widget")
    turn = await conversations.receive(conversation, "I have chest pain", key="k1")
    assert texts(await conversations.finished(turn, timeout=5)) == ["Please call now."]
    assert await conversations.receive(conversation, "I have chest pain", key="k1") == turn
    assert len(await conversations.transcript(conversation)) == 2
    assert assistant.asked == []


async def test_an_accident_of_words_is_answered_as_a_question(
    conversations: Conversations, assistant: Echo
) -> None:
    conversation = await conversations.start("widget")
    turn = await conversations.receive(conversation, "chest pain, word for word")
    assert texts(await conversations.finished(turn, timeout=5)) == ["re: chest pain, word for word"]


@pytest.mark.parametrize("text", ["chest pain, engine down", "chest pain, engine hangs"])
async def test_without_the_engine_every_listed_sign_stands(
    conversations: Conversations, assistant: Echo, text: str
) -> None:
    conversation = await conversations.start("widget")
    turn = await conversations.receive(conversation, text)
    assert texts(await conversations.finished(turn, timeout=5)) == ["Please call now."]
    assert assistant.asked == []


async def test_a_red_flag_does_not_wait_for_the_turns_before_it(
    conversations: Conversations, assistant: Echo
) -> None:
    assistant.held["slow"] = asyncio.Event()
    assistant.replies = lambda text: [say(f"re: {text}", booking=True)]
    conversation = await conversations.start("widget")
    slow = await conversations.receive(conversation, "slow")
    await conversations.receive(conversation, "chest pain")
    assert texts(await conversations.transcript(conversation)) == [
        "slow",
        "chest pain",
        "Please call now.",
    ]
    assistant.held["slow"].set()
    [late] = await conversations.finished(slow, timeout=5)
    assert (late.seq, late.message.text, late.message.booking) == (4, "re: slow", None)


async def test_staff_silence_the_assistant_but_not_a_red_flag(
    conversations: Conversations, assistant: Echo
) -> None:
    conversation = await conversations.start("widget")
    await conversations.take(conversation, ADA)
    turns = [await conversations.receive(conversation, text) for text in ("hello", "chest pain")]
    assert [texts(await conversations.finished(turn, timeout=5)) for turn in turns] == [
        [],
        ["Please call now."],
    ]
    assert assistant.asked == []
    assert (await conversations.state(conversation)).holder == "staff"


async def test_a_red_flag_that_only_the_engine_sees_is_answered_while_staff_hold(
    conversations: Conversations, assistant: Echo
) -> None:
    conversation = await conversations.start("widget")
    await conversations.take(conversation, ADA)
    turn = await conversations.receive(conversation, "my leg is blue")
    assert texts(await conversations.finished(turn, timeout=5)) == ["Get help."]


@pytest.mark.parametrize("broken", ["fails", "hangs"])
async def test_staff_are_not_kept_waiting_by_an_engine_that_is_down(
    conversations: Conversations, assistant: Echo, broken: str
) -> None:
    if broken == "fails":
        assistant.failing["leg is blue"] = [AssistantUnavailable("down")]
    else:
        assistant.held["leg is blue"] = asyncio.Event()
    conversation = await conversations.start("widget")
    await conversations.take(conversation, ADA)
    turn = await conversations.receive(conversation, "leg is blue")
    assert await conversations.finished(turn, timeout=5) == []


async def test_the_assistant_does_not_talk_over_staff_who_came_meanwhile(
    conversations: Conversations, assistant: Echo
) -> None:
    assistant.held["hello"] = asyncio.Event()
    conversation = await conversations.start("widget")
    turn = await conversations.receive(conversation, "hello")
    await assistant.begun.wait()
    await conversations.take(conversation, ADA)
    assistant.held["hello"].set()
    assert await conversations.finished(turn, timeout=5) == []


async def test_a_handoff_puts_the_conversation_on_the_waiting_list_and_answers_go_on(
    conversations: Conversations, assistant: Echo
) -> None:
    assistant.replies = lambda text: [say(text, "handoff" if text == "person" else "answer")]
    conversation = await conversations.start("whatsapp")
    assert (await conversations.state(conversation)).holder == "bot"
    for text in ("person", "hello"):
        turn = await conversations.receive(conversation, text)
        assert texts(await conversations.finished(turn, timeout=5)) == [text]
        assert (await conversations.state(conversation)).holder == "waiting"


async def test_a_broken_red_flag_check_loses_no_message(conversations: Conversations) -> None:
    conversation = await conversations.start("widget")
    turn = await conversations.receive(conversation, "red flags break")
    assert texts(await conversations.finished(turn, timeout=5)) == ["re: red flags break"]


def standing(holder: Holder, urgent_since: bool) -> Standing:
    return Standing(Holding(holder, NOW), urgent_since, NOW)


@pytest.mark.parametrize(
    ("kinds", "now", "shown", "holder"),
    [
        (["answer"], standing("bot", False), ["answer"], "bot"),
        (["answer", "urgent"], standing("bot", False), ["urgent"], "bot"),
        (["urgent"], standing("staff", False), ["urgent"], "staff"),
        (["answer", "handoff"], standing("bot", False), ["answer", "handoff"], "waiting"),
        (["handoff", "urgent"], standing("waiting", False), ["urgent"], "waiting"),
        (["answer"], standing("staff", True), [], "staff"),
        ([], standing("bot", False), [], "bot"),
    ],
)
def test_what_a_finished_turn_shows(
    kinds: list[Kind], now: Standing, shown: list[Kind], holder: str
) -> None:
    outcome = settle(Reply([say("text", kind) for kind in kinds]), now)
    assert [message.kind for message in outcome.messages] == shown
    assert outcome.holding.holder == holder
    assert (outcome.holding.urgent is not None) == ("urgent" in shown)


@pytest.mark.parametrize("is_open", [True, False])
def test_whoever_asks_for_a_person_at_night_was_told_when_somebody_is_there(is_open: bool) -> None:
    outcome = settle(Reply([say("text", "handoff")]), standing("bot", False), is_open=is_open)
    assert outcome.holding.told is not is_open


@pytest.mark.parametrize(("holder", "told"), [("bot", "a new wish"), ("waiting", "it is known")])
def test_whoever_asks_again_while_waiting_is_told_that_it_is_known(
    holder: Holder, told: str
) -> None:
    wish, known = say("a new wish", "handoff"), say("it is known", "handoff")
    outcome = settle(Reply([say("an answer"), wish]), standing(holder, False), waits=lambda: known)
    assert [message.text for message in outcome.messages] == ["an answer", told]
    assert outcome.holding.holder == "waiting"


def test_a_reply_is_made_fit_to_be_kept() -> None:
    message = replace(say("a\0b\udc00"), confidence=0.5)
    assert settle(Reply([message]), standing("bot", False)).messages == (
        replace(message, text="ab�"),
    )
