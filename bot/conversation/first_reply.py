"""What a patient would be told who begins with these words; nothing of it is kept anywhere."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.conversation.asking import Patience, is_harmless
from bot.conversation.clean import clean
from bot.conversation.errors import AssistantUnavailable
from bot.conversation.message import Message, new_id
from bot.conversation.mishap import mishap
from bot.conversation.ports import Assistant
from bot.conversation.records import Reply

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FirstReply:
    """Asks as a new conversation would: the list of red flags first, then the assistant."""

    assistant: Assistant
    red_flags: Callable[[str], Message | None]

    async def to(self, text: str, seconds: float) -> Reply | None:
        """Return the reply to a text, None when the assistant gives none within the seconds.

        An urgent message is the whole reply, and comes from the list also without the assistant.
        """
        text = clean(text)
        listed = self._listed(text)
        if listed and not await is_harmless(self.assistant, text, Patience(alarm=seconds)):
            return Reply([listed])
        reply = await self._ask(text, seconds)
        if reply is None:
            return None if listed is None else Reply([listed])
        urgent = [message for message in reply.messages if message.kind == "urgent"]
        return replace(reply, messages=urgent) if urgent else reply

    def _listed(self, text: str) -> Message | None:
        try:
            return self.red_flags(text)
        except Exception as error:
            log.error("the red-flag check failed: %s", mishap(error))
            return None

    async def _ask(self, text: str, seconds: float) -> Reply | None:
        """Ask once, under a name that no conversation has."""
        try:
            async with asyncio.timeout(seconds):
                reply = await self.assistant.reply(new_id(), text, {})
        except (AssistantUnavailable, TimeoutError) as error:
            log.info("a question of the front desk has no reply: %s", mishap(error))
        except Exception as error:
            log.error("the assistant failed: %s", mishap(error))
        else:
            return reply if reply.messages else None
        return None
