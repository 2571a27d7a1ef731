"""Keeps what a patient says, with the urgent reply when it tells of an emergency."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from bot.conversation.asking import Patience, is_harmless
from bot.conversation.bells import Bells
from bot.conversation.clean import clean
from bot.conversation.lanes import Lanes
from bot.conversation.message import Message, new_id
from bot.conversation.mishap import mishap
from bot.conversation.ports import Assistant, Store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Keeping:
    """Checks a message for red flags, keeps it, and wakes whoever answers or shows it."""

    store: Store
    assistant: Assistant
    red_flags: Callable[[str], Message | None]
    patience: Patience
    bells: Bells
    lanes: Lanes
    begun: set[str]

    async def keep(
        self, conversation_id: str, text: str, key: str | None, shown: str | None
    ) -> str:
        """Keep a patient's message durably and return the id of its turn."""
        text = clean(text)
        message = Message(id=new_id(), kind="patient", text=text if shown is None else clean(shown))
        urgent = await self._red_flag(text)
        try:
            kept = await self.store.keep(
                conversation_id,
                message,
                asked=None if shown is None else text,
                key=None if key is None else clean(key),
                reply=urgent,
            )
            if kept.new and urgent is None:
                self.begun.add(kept.turn_id)
        finally:
            # Also after an error: the database may have kept what it couldn't confirm.
            self.bells.ring(conversation_id)
            self.lanes.wake(conversation_id)
        return kept.turn_id

    async def _red_flag(self, text: str) -> Message | None:
        """Return the urgent reply, if any; a check that fails must not lose the message."""
        try:
            found = self.red_flags(text)
        except Exception as error:
            log.error("the red-flag check failed: %s", mishap(error))
            return None
        if found is None or await is_harmless(self.assistant, text, self.patience):
            return None
        return found
