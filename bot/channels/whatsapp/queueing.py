"""Queues what the transcript has for a person, and asks them back when the window is closed."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.channels.whatsapp.window import now, time_left
from bot.conversation import Entry, Message
from bot.conversation.mishap import mishap
from bot.store.whatsapp import Contact, Delivery, NewDelivery, WhatsAppStore

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
    intro: str  # with what a message begins that says who we are

    async def queue_news(self, contact: Contact) -> Contact:
        """Queue the contact's new entries in order; return the contact as it is then."""
        entries = await self.store.unqueued(contact)
        if not entries:
            return contact
        last = entries[-1].seq
        wanted = [one for one in entries if not contact.stopped or _is_for_the_stopped(one)]
        if not time_left(contact.wrote_at, now()):
            # Who speaks from now on is not worth asking a patient back for.
            wanted = [one for one in wanted if not _is_about_the_speaker(one)]
        await self._introduce_later(contact, wanted)
        await self.store.queue(contact, [self._delivery(entry) for entry in wanted], last)
        return replace(contact, queued_seq=last)

    async def ask_back(self, contact: Contact, deliveries: Sequence[Delivery]) -> bool:
        """Queue the template that asks the patient to write, once for what is held together.

        Tell whether that was done now. Whoever had everything deleted isn't asked.
        """
        held = [one.id for one in deliveries if one.state == "held"]
        known = contact.conversation_id
        if self.template is None or known is None or not held:
            return False
        name = f"ask back {min(held)}"
        return await self.store.queue_aside(contact.id, name, self.template, known)

    async def _introduce_later(self, contact: Contact, entries: Sequence[Entry]) -> None:
        """See to it that the next answer says who we are, where an emergency left no room."""
        known = contact.conversation_id
        for entry in entries:
            if known is None or entry.message.kind != "urgent":
                continue
            note = await self.store.note_beside(known, entry.message.id)
            if note is not None and note.startswith(self.intro):
                await self.store.change(contact.id, introduced=False)

    def _delivery(self, entry: Entry) -> NewDelivery:
        message = entry.message
        try:
            content = self.render(message, 0, speaker_of(entry))
        except Exception as error:
            # Whatever it is: an answer without buttons is better than none.
            log.error("a message goes without its buttons: %s", mishap(error))
            content = self.plain(message.text)
        urgent = message.kind == "urgent"
        return NewDelivery(content, entry.seq, message_id=message.id, urgent=urgent)


def speaker_of(entry: Entry) -> str | None:
    """Return the name of the person of staff who speaks, None for the assistant."""
    return entry.name if entry.author == "staff" else None


def _is_for_the_stopped(entry: Entry) -> bool:
    """Tell whether an entry is sent also to somebody who wrote STOP.

    An emergency is, what staff write, and what this channel says of the stop itself; an answer that
    was still being worked on isn't.
    """
    message = entry.message
    ours = (message.intent or "").startswith("whatsapp/")
    return ours or message.kind == "urgent" or entry.author == "staff"


def _is_about_the_speaker(entry: Entry) -> bool:
    """Tell whether an entry only says who answers from then on."""
    return (entry.message.intent or "").startswith("desk/")


def template_content(name: str, language: str) -> dict[str, Any]:
    """Return a template without parameters as Graph takes it."""
    return {"type": "template", "template": {"name": name, "language": {"code": language}}}
