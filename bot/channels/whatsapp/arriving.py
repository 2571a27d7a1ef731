"""Lets somebody who sends a code go on with the conversation that it stands for."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass

from bot.channels.whatsapp.carrying import Carrying
from bot.channels.whatsapp.steps import Carry, Talk
from bot.channels.whatsapp.talking import Talking
from bot.conversation import Said
from bot.store.whatsapp import Contact, WhatsAppStore

log = logging.getLogger(__name__)

PATIENCE = 10.0  # seconds for a reply that is still to come
LOOK = 0.1


@dataclass(frozen=True, slots=True)
class Arriving:
    """Carries conversations over to the people who bring their codes."""

    store: WhatsAppStore
    talking: Talking
    carrying: Carrying
    wake_outbox: Callable[[str], None]

    async def arrive(self, contact: Contact, step: Carry) -> None:
        """Carry the code's conversation over, if the code is good, and answer what stands beside.

        Who wrote STOP keeps what is carried over, and is reminded of it as ever.
        """
        if not self.talking.conversations.is_red_flag(step.beside):
            await self._let_finish(contact.id)
        carried = await self.carrying.carry(contact.id, step.code)
        shown = self.talking.texts["whatsapp.shown_code"].text
        said = Said(step.beside or None, step.key, f"{shown} {step.beside}".rstrip())
        if contact.stopped:
            place = (step.updates, step.message_id, step.sent_at)
            await self.talking.talk(contact, Talk(*place, (said,)))
            return
        reply = self.talking.notice("carried" if carried else "not_carried")
        if step.beside:
            await self.talking.say(contact, [said], notes=[reply.text])
        else:
            await self.talking.say(contact, [said], fixed=[reply])

    async def _let_finish(self, contact_id: str) -> None:
        """Let what was asked before be answered: its conversation is left behind afterwards."""
        try:
            async with asyncio.timeout(PATIENCE):
                while await self._owes(contact_id):
                    self.wake_outbox(contact_id)
                    await asyncio.sleep(LOOK)
        except TimeoutError:
            log.warning("a reply in the conversation before is waited for no longer")

    async def _owes(self, contact_id: str) -> bool:
        """Tell whether a reply is still to come, or to be queued."""
        contact = await self.store.contact(contact_id)
        if contact is None or contact.conversation_id is None:
            return False
        if await self.store.is_unanswered(contact.conversation_id):
            return True
        return bool(await self.store.unqueued(contact))
