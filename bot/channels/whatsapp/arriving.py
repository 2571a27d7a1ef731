"""Lets somebody who sends a code go on with the conversation that it stands for."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

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
        if not await patiently(partial(self._is_finished, contact_id)):
            log.warning("a reply in the conversation before is waited for no longer")

    async def _is_finished(self, contact_id: str) -> bool:
        """Tell whether no reply is still to come, or to be queued; see to it that it is."""
        contact = await self.store.contact(contact_id)
        if contact is None or contact.conversation_id is None:
            return True
        unanswered = await self.store.is_unanswered(contact.conversation_id)
        if not (unanswered or await self.store.unqueued(contact)):
            return True
        self.wake_outbox(contact_id)
        return False


async def patiently(done: Callable[[], Awaitable[bool]]) -> bool:
    """Look until something is done; False when patience ends before."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not await done():  # noqa: ASYNC110
                await asyncio.sleep(LOOK)
    except TimeoutError:
        return False
    return True
