"""Random walks through the form: never a loop, always a way out, and kept exactly once."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.callbacks.meaning import STEPS
from bot.conversation.callbacks import CallBack, wish_from_dict
from tests.actions.callback_clinic import Chat
from tests.actions.test_callback_reading import cases

SAID = [
    (case["text"], case["intent"], case["scope"], case["nearest"])
    for found in cases().values()
    for case in found
]
WISHES = [("call me", "call_back", 1.0, 1.0), ("please call me back", "call_back", 1.0, 1.0)]
FLAG = ("my leg is swollen and I can't breathe", "urgent/clot_or_heart", 0.99, 0.8)
# What the engine alone takes for an emergency, where the form knows better.
NO_FLAGS = {
    case["text"]
    for found in cases().values()
    for case in found
    if case["intent"].startswith("urgent") and case["is"] != "question"
}
messages = st.one_of(st.sampled_from(SAID), st.sampled_from(WISHES), st.just(FLAG))
# What a patient who wants to be rung would say to each question.
WILLING = {
    "callback_name": ("Priya Raman", "decline/off_topic", 0.2, 0.4),
    "callback_number": ("07700 900142", "clinic/contact", 0.3, 0.4),
    "callback_when": ("as soon as possible", "decline/off_topic", 0.3, 0.4),
    "callback_about": ("the price list", "decline/cost", 0.9, 0.7),
    "callback_confirmed": ("yes", "affirm", 1.0, 1.0),
}


async def walk(said: list[tuple[str, str, float, float]]) -> Chat:
    chat = Chat()
    await chat.say(*WISHES[0])
    for message in said:
        before = len(chat.wishes)
        told = await chat.say(*message)
        assert told, "silence"
        assert all(one["text"].strip() and "{" not in one["text"] for one in told)
        if message is FLAG or (message[1].startswith("urgent") and message[0] not in NO_FLAGS):
            assert [one["kind"] for one in told] == ["urgent"]
        kept = [one for one in told if one["intent"] == "callback/kept"]
        handed = [
            wish for wish in chat.wishes[before:] if isinstance(wish_from_dict(wish), CallBack)
        ]
        assert len(kept) == len(handed) <= 1
        chat.later(minutes=1)
    return chat


@pytest.mark.slow
@settings(max_examples=50, deadline=None)
@given(st.lists(messages, max_size=12))
def test_every_walk_can_be_finished_or_left(said: list[tuple[str, str, float, float]]) -> None:
    async def both() -> None:
        chat = await walk(said)
        for _ in range(len(STEPS) + 3):
            if chat.waits_for is None:
                break
            known = len(chat.wishes)
            # Asked whether to go on, a patient says so first.
            await chat.say("go on", "tell_more", 0.9, 1.0)
            if chat.waits_for is None:
                break
            await chat.say(*WILLING[chat.waits_for])
            assert len(chat.wishes) <= known + 1
        assert chat.waits_for is None
        await chat.say("change my call-back", "call_back", 1.0, 1.0)
        assert chat.waits_for == "callback_name"
        await chat.say("never mind", "deny", 1.0, 1.0)
        assert (chat.waits_for, chat.last) == (None, "callback/left")

    asyncio.run(both())


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(SAID), st.integers(0, 4))
def test_whoever_says_the_same_for_ever_is_not_asked_for_ever(
    said: tuple[str, str, float, float], answered: int
) -> None:
    async def again_and_again() -> None:
        chat = Chat()
        await chat.say(*WISHES[0])
        for _ in range(answered):
            assert chat.waits_for is not None
            await chat.say(*WILLING[chat.waits_for])
        asked = []
        for _ in range(14):
            if chat.waits_for is None:
                break
            told = await chat.say(*said)
            asked += [one["intent"] for one in told if one["intent"] in ASKS]
        assert max((asked.count(one) for one in ASKS), default=0) <= 4, asked

    asyncio.run(again_and_again())


ASKS = ("callback/name", "callback/number", "callback/when", "callback/about", "callback/confirmed")
