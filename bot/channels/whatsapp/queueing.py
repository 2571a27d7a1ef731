"""Queues what the transcript has for a person, and asks them back when the window is closed."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.conversation import Entry, Message
from bot.conversation.mishap import mishap
from bot.store.whatsapp import Contact, NewDelivery, WhatsAppStore

log = logging.getLogger(__name__)

# One part of a message as Graph takes it, with the name of the person of staff who speaks.
Render = Callable[[Message, int, str | None], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Queueing:
    """Makes deliveries of entries; `plain` is how a message goes that can't be made finer."""

    store: WhatsAppStore
    render: Render
    plain: Callable[[str], Mapping[str, Any]]
    template: Mapping[str, Any] | None

    async def queue_news(self, contact: Contact) -> Contact:
        """Queue the contact's new entries in order; return the contact as it is then."""
        entries = await self.store.unqueued(contact)
        if not entries:
            return contact
        last = entries[-1].seq
        await self.store.queue(contact, [self._delivery(entry) for entry in entries], last)
        return replace(contact, queued_seq=last)

    async def ask_back(self, contact: Contact) -> None:
        """Queue the template that asks the patient to write, once for what is held now."""
        if self.template is not None:
            name = f"ask back {contact.queued_seq}"
            await self.store.queue_aside(contact.id, name, self.template, contact.conversation_id)

    def _delivery(self, entry: Entry) -> NewDelivery:
        message = entry.message
        speaker = entry.name if entry.author == "staff" else None
        try:
            content = self.render(message, 0, speaker)
        except Exception as error:
            # Whatever it is: an answer without buttons is better than none.
            log.error("a message goes without its buttons: %s", mishap(error))
            content = self.plain(message.text)
        urgent = message.kind == "urgent"
        return NewDelivery(content, entry.seq, message_id=message.id, urgent=urgent)


def template_content(name: str, language: str) -> dict[str, Any]:
    """Return a template without parameters as Graph takes it."""
    return {"type": "template", "template": {"name": name, "language": {"code": language}}}
