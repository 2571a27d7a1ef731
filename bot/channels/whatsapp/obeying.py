"""Does what a patient tells us to do: stop, go on, delete everything."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels.whatsapp.steps import Do, Talk
from bot.channels.whatsapp.talking import Talking
from bot.conversation import Conversations, Message, UnknownConversation
from bot.store.whatsapp import Contact, WhatsAppStore

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Obeying:
    """The commands, on all that is kept of the person who gives them."""

    store: WhatsAppStore
    conversations: Conversations
    talking: Talking
    render: Callable[[Message, int], Mapping[str, Any]]  # one part of a message
    wake_outbox: Callable[[str], None]

    async def obey(self, contact: Contact, step: Do) -> None:
        """Do what a command says; StoreUnavailable or Closed."""
        if step.command == "delete":
            await self._delete(contact, step)
        elif step.command == "stop":
            await self._stop(contact, step)
        elif contact.stopped:
            await self.talking.say(contact, [step.said], fixed=[self.talking.notice("started")])
            await self.store.change(contact.id, stopped_at=None, reminded=False)
        else:
            talk = Talk(step.updates, step.message_id, step.sent_at, (step.said,))
            await self.talking.talk(contact, talk)

    async def _stop(self, contact: Contact, step: Do) -> None:
        """Send nothing more, not even what waits to be sent, and say so once."""
        if contact.stopped:
            await self.talking.remind(contact, [step.said])
            return
        await self.store.stop(contact.id)
        await self.talking.keep(contact.id, [step.said], None, [self.talking.notice("stopped")])

    async def _delete(self, contact: Contact, step: Do) -> None:
        """Delete all that is kept of a person; the farewell is the last that they get."""
        farewell = self.render(self.talking.notice("deleted"), 0)
        await self.store.queue_aside(contact.id, f"farewell {step.said.key}", farewell)
        for conversation_id in await self.store.own(contact.id):
            self.talking.contacts.pop(conversation_id, None)
            try:
                await self.conversations.forget(conversation_id)
            except UnknownConversation:
                log.info("a conversation to be deleted was gone already")
        await self.store.reset(contact.id)
        self.wake_outbox(contact.id)
