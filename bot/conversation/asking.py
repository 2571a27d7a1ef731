"""Asks the assistant, with patience that ends."""

import asyncio
import logging
from dataclasses import dataclass

from bot.conversation.errors import AssistantUnavailable
from bot.conversation.message import Message
from bot.conversation.mishap import mishap
from bot.conversation.ports import Assistant
from bot.conversation.records import Turn

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the assistant is waited for: seconds before each try, in all, for an alarm."""

    pauses: tuple[float, ...] = (0.5, 1.0, 2.0, 4.0)
    limit: float = 20.0
    alarm: float = 2.0
    restarts: int = 3


async def ask(assistant: Assistant, turn: Turn, patience: Patience) -> list[Message]:
    """Return the assistant's replies, or none when patience ended or the assistant failed."""
    if turn.restarts > patience.restarts:
        log.error("turn %s: given up after %s restarts", turn.id, turn.restarts)
        return []
    try:
        async with asyncio.timeout(patience.limit):
            return await _ask_again(assistant, turn, patience.pauses)
    except (AssistantUnavailable, TimeoutError) as error:
        log.warning("turn %s: the assistant is unavailable: %s", turn.id, mishap(error))
    except Exception as error:
        log.error("turn %s: the assistant failed: %s", turn.id, mishap(error))
    return []


async def ask_for_alarm(assistant: Assistant, turn: Turn, patience: Patience) -> list[Message]:
    """Return the urgent message that a text to staff calls for, if any; never hold it up for long.

    What the list of signs knows was checked before; this is the second net.
    """
    try:
        async with asyncio.timeout(patience.alarm):
            message = await assistant.alarm(turn.text)
    except Exception as error:
        log.warning("turn %s: not read for red flags: %s", turn.id, mishap(error))
        return []
    return [] if message is None else [message]


async def _ask_again(assistant: Assistant, turn: Turn, pauses: tuple[float, ...]) -> list[Message]:
    for pause in pauses:
        try:
            return await assistant.reply(turn.conversation_id, turn.text)
        except AssistantUnavailable:
            await asyncio.sleep(pause)
    return await assistant.reply(turn.conversation_id, turn.text)
