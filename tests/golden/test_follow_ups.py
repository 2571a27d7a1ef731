"""Conversations of several turns with the real engine: what was said before is understood."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.conversation import Message
from bot.runtime.private import private_stack
from bot.runtime.questions import ask_one
from bot.runtime.stack import Stack
from bot.settings import load_settings

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow

# Each turn: what is said, the reply's kind, and its intent or the start of its first section.
CONVERSATIONS = {
    "knee, then another joint": [
        ("when will my knee feel better", "answer", "knee-timeline#in-short"),
        ("and for the shoulder?", "answer", "permanence#"),
        ("where does that come from?", "answer", "permanence#"),
    ],
    "the knee is remembered": [
        ("I had my knee done", "", ""),
        ("ask:when_will_it_work@knee", "answer", "knee-timeline#in-short"),
        ("what makes it quicker", "answer", "knee-timeline#"),
    ],
    "more, why, source": [
        ("is it permanent?", "answer", "permanence#permanent-or-temporary"),
        ("tell me more", "answer", "permanence#conclusion"),
        ("why?", "answer", "permanence#wearing-off"),
        ("source?", "answer", "permanence#permanent-or-temporary"),
    ],
    "yes to what was offered": [
        ("how long do the results last", "answer", "permanence#how-long-it-lasts"),
        ("yes please", "answer", "permanence#"),
        ("no thanks", "smalltalk", "no_need"),
    ],
    "older people": [
        ("is it permanent?", "answer", "permanence#permanent-or-temporary"),
        ("what about older people?", "answer", "permanence#age-and-health"),
    ],
    "a call-back with a question in between": [
        ("please ring me on 07700 900142", "booking", "callback/name"),
        ("what? why do you need that", "booking", "callback/name"),
        ("is it permanent?", "answer", "permanence#permanent-or-temporary"),
        ("yes please", "booking", "callback/name"),
        ("Priya Raman", "booking", "callback/when"),
        ("my knee is hot and swollen and I have a fever", "urgent", "joint_infection"),
        ("As soon as possible", "booking", "callback/about"),
        ("Skip", "booking", "callback/confirmed"),
        ("no, the number is wrong", "booking", "callback/number"),
        ("07700 900143", "booking", "callback/confirmed"),
        ("yes", "booking", "callback/kept"),
        ("cancel the call-back", "smalltalk", "callback/withdrawn"),
    ],
    "a call-back that is left": [
        ("how much does it cost and can you call me?", "decline", "cost"),
        ("yes please", "booking", "callback/name"),
        ("Edith", "booking", "callback/number"),
        ("never mind", "smalltalk", "callback/left"),
        ("is it permanent?", "answer", "permanence#permanent-or-temporary"),
    ],
    "two misses offer a person": [
        ("blorb the frumious wibble", "decline", ""),
        ("snark quux zorp flimflam", "decline", ""),
    ],
    "a red flag in the middle": [
        ("is it safe", "answer", "permanence#long-term-safety"),
        ("my knee is hot and swollen and I have a fever", "urgent", "joint_infection"),
        ("thanks", "smalltalk", ""),
    ],
}


async def _talk(texts: Sequence[str], stack: Stack) -> list[list[Message]]:
    conversation = await stack.conversations.start("widget")
    return [await ask_one(stack.conversations, text, conversation) for text in texts]


async def _talk_all() -> dict[str, list[list[Message]]]:
    async with private_stack(load_settings(ROOT, {})) as stack:
        return {
            name: await _talk([said for said, _, _ in turns], stack)
            for name, turns in CONVERSATIONS.items()
        }


@pytest.fixture(scope="module")
def replies() -> dict[str, list[list[Message]]]:
    return asyncio.run(_talk_all())


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_conversation(name: str, replies: dict[str, list[list[Message]]]) -> None:
    for (said, kind, about), messages in zip(CONVERSATIONS[name], replies[name], strict=True):
        message = messages[0]
        told = message.citations[0].section if message.citations else message.intent or ""
        assert message.kind == (kind or message.kind), said
        assert told.startswith(about), said


def test_two_misses_offer_a_person(replies: dict[str, list[list[Message]]]) -> None:
    last = replies["two misses offer a person"][-1][0]
    assert last.suggestions[-1].payload == "person" or "01632 960 142" in last.text
