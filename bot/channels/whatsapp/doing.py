"""Does what a person's messages ask for, each step so that doing it twice is doing it once."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from bot.channels.whatsapp.arriving import Arriving, patiently
from bot.channels.whatsapp.keys import changed_key, line_key
from bot.channels.whatsapp.obeying import Obeying
from bot.channels.whatsapp.plan import is_template
from bot.channels.whatsapp.queueing import Render, speaker_of
from bot.channels.whatsapp.reacting import Reacting
from bot.channels.whatsapp.steps import (
    Carry,
    Do,
    More,
    Move,
    Open,
    React,
    Rewrite,
    Step,
    TakeBack,
    Talk,
)
from bot.channels.whatsapp.talking import Talking
from bot.conversation import Conversations, Message, Said, UnknownConversation
from bot.conversation.message import new_id
from bot.store.whatsapp import Contact, WhatsAppStore

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Doing:
    """The steps, each on the conversation of the person that it comes from."""

    store: WhatsAppStore
    conversations: Conversations
    talking: Talking
    arriving: Arriving
    obeying: Obeying
    reacting: Reacting
    key_of: Callable[[str], str]  # of a message, by WhatsApp's id for it
    render: Render
    wake_outbox: Callable[[str], None]

    async def do(self, contact_id: str, step: Step) -> None:
        """Do a step for a contact; StoreUnavailable or Closed."""
        contact = await self.store.contact(contact_id)
        if contact is None:
            return
        match step:
            case Talk():
                await self.talking.talk(contact, step)
            case Do():
                await self.obeying.obey(contact, step)
            case More():
                await self._show_more(contact, step)
            case Open():
                await self._open(contact, step)
            case React():
                await self.reacting.react(contact, step)
            case Rewrite():
                await self._rewrite(contact, step)
            case TakeBack():
                await self._take_back(contact, step)
            case Move():
                news = (contact.id, step.phone, step.user_id, step.sent_at)
                if not await patiently(partial(self.store.move, *news)):
                    log.warning("a new number stays with whoever is answered there")
                moved = step.phone or step.user_id
                await self._note(contact, step.key, "shown_moved" if moved else "shown_told")
                self.wake_outbox(contact.id)
            case Carry():
                await self.arriving.arrive(contact, step)

    async def give_up(self, contact_id: str, step: Step) -> None:
        """Keep the lines of a step that can't be done, and say so; never raises for its faults."""
        match step:
            case Talk(said=said):
                pass
            case Do(said=line) | Open(said=line) | Rewrite(said=line):
                said = (line,)
            case _:
                said = ()
        reply = Message(new_id(), "notice", self.talking.texts["notice.unavailable"].text)
        try:
            if said:
                await self.talking.keep(contact_id, said, None, [reply])
        except Exception as error:
            log.error("nor can it be kept: %s", type(error).__name__)

    async def _show_more(self, contact: Contact, step: More) -> None:
        shown = self.talking.texts["whatsapp.more"].text
        said = Said(None, line_key(self.key_of(step.message_id)), shown)
        if contact.stopped:
            await self.talking.remind(contact, [said])
            return
        known = contact.conversation_id
        entry = await self.store.entry(known, step.of) if known else None
        if entry is None:
            reply = self.talking.texts["answer.nothing_before"].text
            await self.talking.say(contact, [said], fixed=[Message(new_id(), "notice", reply)])
            return
        name = f"part {self.key_of(step.message_id)}"
        content = self.render(entry.message, step.part, speaker_of(entry))
        await self.store.queue_aside(contact.id, name, content, known)
        self.wake_outbox(contact.id)

    async def _open(self, contact: Contact, step: Open) -> None:
        """Let out what was held: it is the reply to a tap on our template, which is no question."""
        tapped = await self.store.sent_as(step.template)
        if contact.stopped or tapped is None or not is_template(tapped):
            place = (step.updates, step.message_id, step.sent_at)
            await self.talking.talk(contact, Talk(*place, (step.said,), tapped=True))
            return
        deliveries = await self.store.open_deliveries(contact.id)
        waits = any(not is_template(delivery) for delivery in deliveries)
        fixed = [] if waits else [self.talking.notice("nothing_waits")]
        await self.talking.say(contact, [replace(step.said, text=None)], fixed=fixed)

    async def _rewrite(self, contact: Contact, step: Rewrite) -> None:
        if await self.store.is_known(self._taken_back(step.original)):
            return
        # What it said before may still be on its way.
        await self.store.shut_out(self.key_of(step.original))
        key = changed_key(line_key(self.key_of(step.original)), step.said.key or "")
        await self._retract(contact, step.original, "shown_was_edited", but=key)
        place = (step.updates, step.message_id, step.sent_at)
        said = replace(step.said, key=key)
        await self.talking.talk(contact, Talk(*place, (said,), step.kinds))

    async def _take_back(self, contact: Contact, step: TakeBack) -> None:
        # Neither it nor what it was changed to is taken up when it comes later.
        await self.store.shut_out(self.key_of(step.original))
        await self.store.shut_out(self._taken_back(step.original))
        await self._retract(contact, step.original, "shown_taken_back")
        said = Said(None, step.key, self.talking.texts["whatsapp.shown_takes_back"].text)
        fixed = [] if contact.stopped else [self.talking.notice("took_back")]
        await self.talking.say(contact, [said], fixed=fixed)

    def _taken_back(self, message_id: str) -> str:
        """Return the key that tells that a message was deleted."""
        return self.key_of(f"taken back {message_id}")

    async def _retract(
        self, contact: Contact, message_id: str, instead: str, *, but: str = ""
    ) -> None:
        """Overwrite a message, and what it was changed to, in whichever conversation it stands."""
        words = self.talking.texts[f"whatsapp.{instead}"].text
        lines = await self.store.lines_of(contact.id, line_key(self.key_of(message_id)))
        for conversation_id, key in lines:
            try:
                if key != but:
                    await self.conversations.retract(conversation_id, key, words)
            except UnknownConversation:
                log.info("a message to be taken back was gone already")

    async def _note(self, contact: Contact, key: str, name: str) -> None:
        """Put a line into the transcript that nobody has to answer."""
        if contact.conversation_id is not None:
            said = Said(None, key, self.talking.texts[f"whatsapp.{name}"].text)
            await self.talking.keep(contact.id, [said], None, [])
