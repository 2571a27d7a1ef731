"""Asks the assistant, with patience that ends."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass

from bot.conversation.errors import AssistantUnavailable
from bot.conversation.message import Message
from bot.conversation.mishap import mishap
from bot.conversation.ports import Assistant
from bot.conversation.records import Reply, Turn

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the assistant is waited for: seconds before each try, in all, for an alarm."""

    pauses: tuple[float, ...] = (0.5, 1.0, 2.0, 4.0)
    limit: float = 20.0
    alarm: float = 2.0
    restarts: int = 3


async def ask(assistant: Assistant, turn: Turn, patience: Patience) -> Reply | None:
    """Return the assistant's reply, or None when patience ended or the assistant failed."""
    if turn.restarts > patience.restarts:
        log.error("turn %s: given up after %s restarts", turn.id, turn.restarts)
        return None
    try:
        async with asyncio.timeout(patience.limit):
            return await _ask_again(assistant, turn, patience.pauses)
    except (AssistantUnavailable, TimeoutError) as error:
        log.warning("turn %s: the assistant is unavailable: %s", turn.id, mishap(error))
    except Exception as error:
        log.error("turn %s: the assistant failed: %s", turn.id, mishap(error))
    return None


async def ask_for_alarm(assistant: Assistant, text: str, patience: Patience) -> Message | None:
    """Return the urgent message that a text calls for, if any; never hold it up for long.

    What the list of signs knows was checked before; this is the second net, where the assistant
    isn't asked for a reply.
    """
    try:
        async with asyncio.timeout(patience.alarm):
            return await assistant.alarm(text)
    except Exception as error:
        log.warning("a message was not read for red flags: %s", mishap(error))
        return None


async def is_harmless(assistant: Assistant, text: str, patience: Patience) -> bool:
    """Tell whether the assistant is sure that a listed sign means nothing; in doubt it stands."""
    try:
        async with asyncio.timeout(patience.alarm):
            return await assistant.harmless(text)
    except Exception as error:
        log.warning("a red flag of the list stands: %s", mishap(error))
        return False


async def read_ahead(assistant: Assistant, text: str, patience: Patience) -> None:
    """Let the assistant read a text before its turn; where it can't, the turn does without."""
    with suppress(Exception):
        async with asyncio.timeout(patience.alarm):
            await assistant.read_ahead(text)


async def _ask_again(assistant: Assistant, turn: Turn, pauses: tuple[float, ...]) -> Reply:
    for pause in pauses:
        try:
            return await assistant.reply(turn.conversation_id, turn.text, turn.memory)
        except AssistantUnavailable:
            await asyncio.sleep(pause)
    return await assistant.reply(turn.conversation_id, turn.text, turn.memory)
