"""Hands a person's lines to the conversation, with what has to be said before the reply."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.channels.whatsapp.steps import Talk
from bot.channels.whatsapp.window import now
from bot.conversation import Conversations, Kept, Message, Said, UnknownConversation
from bot.conversation.message import new_id
from bot.knowledge import Texts
from bot.store.whatsapp import Contact, WhatsAppStore

TRIES = 3


@dataclass(frozen=True, slots=True)
class Late:
    """From when on a message counts as late, and whether it is answered then or left to staff."""

    after: timedelta
    reply: Literal["answer", "leave"]
    moment: Callable[[datetime], str]  # as people write it


@dataclass(frozen=True, slots=True)
class Talking:
    """Keeps lines as turns; the same lines again change nothing."""

    store: WhatsAppStore
    conversations: Conversations
    texts: Texts
    late: Late
    contacts: dict[str, str]  # by the conversation that they have

    async def answers(self, contact_id: str) -> bool:
        """Tell whether the assistant answers a contact: not after STOP, nor where staff do."""
        contact = await self.store.contact(contact_id)
        if contact is None or contact.stopped:
            return False
        try:
            known = contact.conversation_id
            return known is None or (await self.conversations.state(known)).holder != "staff"
        except UnknownConversation:
            return True

    async def talk(self, contact: Contact, step: Talk) -> None:
        """Keep lines to be answered: first contact, lateness and what can't be read are told."""
        if contact.stopped:
            await self.remind(contact, step.said)
            return
        late = now() - step.sent_at > self.late.after
        if late and self.late.reply == "leave":
            await self._leave(contact, step.said)
            return
        fixed = None if any(line.text for line in step.said) else [self.only(step.kinds)]
        notes = self._notes(step, late, fixed is None)
        await self.say(contact, step.said, notes=list(notes), fixed=fixed)

    async def say(
        self,
        contact: Contact,
        said: Sequence[Said],
        *,
        notes: Sequence[str] = (),
        fixed: Sequence[Message] | None = None,
    ) -> None:
        """Keep lines with notes and perhaps a fixed reply; whoever writes first is told who we are.

        Nothing is told with an emergency, nor where staff answer: then the next reply does it.
        """
        first = not contact.introduced and (fixed is None or len(fixed) > 0)
        told = [self.texts["whatsapp.intro"].text, *notes] if first else list(notes)
        kept, conversation = await self.keep(contact.id, said, "\n\n".join(told) or None, fixed)
        if not first or kept.urgent:
            return
        if fixed is None and (await self.conversations.state(conversation)).holder == "staff":
            return
        await self.store.change(contact.id, introduced=True)
        if await self._was_urgent(conversation):
            await self.store.change(contact.id, introduced=False)

    async def _was_urgent(self, conversation: str) -> bool:
        """Tell whether the reply is there already, and an urgent one: it says nothing else."""
        last = await self.conversations.entries(conversation, limit=3)
        return bool(last) and last[-1].message.kind == "urgent"

    async def keep(
        self,
        contact_id: str,
        said: Sequence[Said],
        note: str | None,
        fixed: Sequence[Message] | None,
    ) -> tuple[Kept, str]:
        """Keep lines in the contact's conversation, in a new one when that is deleted meanwhile."""
        for _ in range(TRIES):
            conversation = await self.store.converse(contact_id)
            self.contacts[conversation] = contact_id
            try:
                kept = await self.conversations.receive_together(
                    conversation, said, note=note, fixed=fixed
                )
            except UnknownConversation:
                continue
            return kept, conversation
        raise UnknownConversation("deleted again and again")

    async def remind(self, contact: Contact, said: Sequence[Said]) -> None:
        """Keep lines of somebody who wrote STOP; only an emergency is answered, the rest once."""
        fixed = [] if contact.reminded else [self.notice("still_stopped")]
        kept, _ = await self.keep(contact.id, said, None, fixed)
        if not contact.reminded and not kept.urgent:
            await self.store.change(contact.id, reminded=True)

    def notice(self, name: str) -> Message:
        """Return a fixed text of this channel as a message."""
        return Message(new_id(), "notice", self.texts[f"whatsapp.{name}"].text, f"whatsapp/{name}")

    def only(self, kinds: Sequence[str]) -> Message:
        """Return the reply to something in which there is nothing to read."""
        return self.notice(f"only_{kinds[0] if kinds else 'unreadable'}")

    def _notes(self, step: Talk, late: bool, words: bool) -> Iterator[str]:
        if late:
            moment = self.late.moment(step.sent_at)
            yield self.texts["whatsapp.late"].text.replace("{when}", moment)
        if words:
            for kind in dict.fromkeys(step.kinds):
                yield self.texts[f"whatsapp.beside_{kind}"].text

    async def _leave(self, contact: Contact, said: Sequence[Said]) -> None:
        """Keep lines that are too old to be answered, and put the conversation before staff."""
        kept, conversation = await self.keep(contact.id, said, None, [])
        if not kept.urgent:
            await self.conversations.wait(conversation, "late", told=True)
