"""Puts questions to a running stack, each in a fresh conversation, and keeps their order."""

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Iterable

from bot.channels.intake import clean_text
from bot.channels.refusal import Refused
from bot.conversation import Conversations, Message
from bot.conversation.message import new_id

CHANNEL = "terminal"
AT_ONCE = 8
TURN_SECONDS = 120


async def ask_one(
    conversations: Conversations, text: str, conversation_id: str | None = None
) -> list[Message]:
    """Return the replies to a text, or a notice that says why it can't be taken."""
    try:
        words = clean_text(text)
    except Refused as refusal:
        return [Message(id=new_id(), kind="notice", text=_told(refusal))]
    conversation = conversation_id or await conversations.start(CHANNEL)
    turn = await conversations.receive(conversation, words)
    entries = await conversations.finished(turn, TURN_SECONDS)
    return [entry.message for entry in entries]


def _told(refusal: Refused) -> str:
    return f"This can't be asked: {refusal.code.replace('_', ' ')}."


async def ask_all(
    conversations: Conversations, texts: Iterable[str] | AsyncIterable[str]
) -> AsyncIterator[tuple[str, list[Message]]]:
    """Yield each text with its replies in the order given, a few being worked on at once."""
    waiting: list[tuple[str, asyncio.Task[list[Message]]]] = []
    try:
        async for text in _each(texts):
            waiting.append((text, asyncio.create_task(ask_one(conversations, text))))
            if len(waiting) >= AT_ONCE:
                first, task = waiting.pop(0)
                yield first, await task
        for text, task in waiting:
            yield text, await task
    finally:
        for _, task in waiting:
            task.cancel()


async def _each(texts: Iterable[str] | AsyncIterable[str]) -> AsyncIterator[str]:
    if isinstance(texts, AsyncIterable):
        async for text in texts:
            yield text
    else:
        for text in texts:
            yield text
