"""The WhatsApp channel's store on SQLAlchemy; every method may raise StoreUnavailable or Closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from bot.conversation.records import Entry
from bot.store.database import Database
from bot.store.rows import entry_of
from bot.store.whatsapp import carrying, moving, outgoing, people, updates
from bot.store.whatsapp.records import (
    Contact,
    Delivery,
    Incoming,
    NewDelivery,
    Report,
    State,
    Taken,
    Waiting,
)


@dataclass(frozen=True, slots=True)
class WhatsAppStore:
    """Keeps people, what came from them and what goes to them beside the conversations."""

    database: Database

    async def take(self, messages: Sequence[Incoming], reports: Sequence[Report]) -> Taken:
        """Keep messages and apply reports durably, each once, all in one transaction."""
        return await self.database.write(
            partial(updates.take, messages=messages, reports_in=reports)
        )

    async def waiting(self, contact_id: str) -> list[Waiting]:
        """Return the contact's messages that aren't worked on yet, in order."""
        rows = await self.database.read(updates.WAITING, contact=contact_id)
        return [updates.waiting_of(row) for row in rows]

    async def done(self, ids: Sequence[int], contact_id: str | None = None) -> None:
        """Empty messages that were worked on; their keys stay.

        With a contact given, only what is still theirs: somebody else may have to work on the rest.
        """
        if await self.database.write(partial(updates.done, ids=ids, contact_id=contact_id)):
            await self.database.scrub()

    async def shut_out(self, key: str) -> None:
        """See to it that the message with this key is never worked on."""
        if await self.database.write(partial(updates.shut_out, key=key)):
            await self.database.scrub()

    async def is_known(self, key: str) -> bool:
        """Tell whether something with this key came, or was shut out."""
        return bool(await self.database.read(updates.KNOWN, of=key))

    async def contact(self, contact_id: str) -> Contact | None:
        """Return a contact, or None when nothing is kept of them any more."""
        for row in await self.database.read(people.CONTACT, contact=contact_id):
            return people.contact_of(row)
        return None

    async def contact_of(self, conversation_id: str) -> Contact | None:
        """Return the contact whose conversation this is, or None."""
        rows = await self.database.read(people.CONTACT_OF, conversation=conversation_id)
        return people.contact_of(rows[0]) if rows else None

    async def conversations(self) -> dict[str, str]:
        """Return every contact's id by the conversation they have."""
        return {row.conversation_id: row.id for row in await self.database.read(people.HELD)}

    async def converse(self, contact_id: str) -> str:
        """Return the contact's conversation, begun now when there is none."""
        return await self.database.write(partial(people.converse, contact_id=contact_id))

    async def is_unanswered(self, conversation_id: str) -> bool:
        """Tell whether the conversation has a turn that isn't finished."""
        return bool(await self.database.read(outgoing.UNANSWERED, conversation=conversation_id))

    async def own(self, contact_id: str) -> list[str]:
        """Return the contact's conversation, and those they had before it."""
        return [row.id for row in await self.database.read(people.OWN, contact=contact_id)]

    async def lines_of(self, contact_id: str, key: str) -> list[tuple[str, str]]:
        """Return where a message's line and those it was changed to stand, with their keys."""
        of = {"contact": contact_id, "line": key, "below": f"{key}/"}
        rows = await self.database.read(updates.LINES_OF, **of)
        return [(row.conversation_id, row.key) for row in rows]

    async def change(self, contact_id: str, **values: Any) -> None:  # noqa: ANN401
        """Set some of a contact's columns."""
        await self.database.write(partial(people.change, contact_id=contact_id, values=values))

    async def reset(self, contact_id: str) -> None:
        """Know nothing of a contact but where to reach them."""
        await self.database.write(partial(people.reset, contact_id=contact_id))

    async def move(
        self, contact_id: str, phone: str | None, user_id: str | None, at: datetime
    ) -> bool:
        """Give a contact another number or user id, as of a time.

        Whoever wrote from there since is the same person: what is theirs becomes the contact's.
        False, changing nothing, while they are being answered there.
        """
        work = partial(moving.move, contact_id=contact_id, phone=phone, user_id=user_id, at=at)
        return await self.database.write(work)

    async def unqueued(self, contact: Contact) -> list[Entry]:
        """Return the entries that are for this contact and not queued yet, in order."""
        if contact.conversation_id is None:
            return []
        place = {"conversation": contact.conversation_id, "after": contact.queued_seq}
        return [entry_of(row) for row in await self.database.read(outgoing.UNQUEUED, **place)]

    async def queue(
        self, contact: Contact, new: Sequence[NewDelivery], queued_seq: int | None = None
    ) -> None:
        """Queue deliveries, each once, and remember up to which entry that was done."""
        work = partial(outgoing.queue, contact_id=contact.id, new=new, queued_seq=queued_seq)
        await self.database.write(partial(work, conversation_id=contact.conversation_id))

    async def queue_aside(
        self, contact_id: str, name: str, content: Mapping[str, Any], of: str | None = None
    ) -> bool:
        """Queue something beside the entries, once under a name; False when that was before.

        It goes with the conversation that it is `of`, or outlives them all.
        """
        work = partial(outgoing.queue_aside, contact_id=contact_id, name=name, content=content)
        return await self.database.write(partial(work, of=of))

    async def stop(self, contact_id: str) -> None:
        """Send a contact nothing more: what waits in their conversation is dropped, too."""
        await self.database.write(partial(outgoing.stop, contact_id=contact_id))

    async def note_beside(self, conversation_id: str, message_id: str) -> str | None:
        """Return the note of the turn that a message replies to, or None."""
        place = {"conversation": conversation_id, "message": message_id}
        return next((row[0] for row in await self.database.read(outgoing.LEFT_OUT, **place)), None)

    async def close_window(self, contact: Contact) -> None:
        """Know the window as closed, whatever the clock says, unless they wrote meanwhile."""
        work = partial(people.close_window, contact_id=contact.id, since=contact.wrote_at)
        await self.database.write(work)

    async def entry(self, conversation_id: str, message_id: str) -> Entry | None:
        """Return the entry of a message of the conversation, without feedback, or None."""
        place = {"conversation": conversation_id, "message": message_id}
        rows = await self.database.read(outgoing.SAID, **place)
        return entry_of(rows[0]) if rows else None

    async def open_deliveries(self, contact_id: str) -> list[Delivery]:
        """Return what is still to be sent, in order, an emergency first."""
        rows = await self.database.read(outgoing.OPEN_ONES, contact=contact_id)
        return [outgoing.delivery_of(row) for row in rows]

    async def sent_as(self, graph_id: str) -> Delivery | None:
        """Return the delivery that Graph gave this id, or None."""
        rows = await self.database.read(outgoing.SENT_AS, graph_id=graph_id)
        return outgoing.delivery_of(rows[0]) if rows else None

    async def settle(
        self,
        delivery: Delivery,
        state: State,
        *,
        due_at: datetime | None = None,
        graph_id: str | None = None,
        code: int | None = None,
        attempts: int = 0,
        doubts: int = 0,
        content: Mapping[str, Any] | None = None,
    ) -> bool:
        """Say what became of a delivery; False, changing nothing, when it is in another state now.

        `attempts` and `doubts` are added to those before; `content` takes the place of the one
        before, if given. "sending" leases it, which fails when another has begun to send it.
        """
        values: dict[str, Any] = {"state": state, "due_at": due_at or datetime.now(UTC)}
        # Graph's name for an attempt before stays: what is told of that one isn't told of this one.
        news = {"graph_id": graph_id, "content": None if content is None else dict(content)}
        values |= {"code": code} | {key: new for key, new in news.items() if new is not None}
        work = partial(outgoing.settle, delivery=delivery, values=values)
        return await self.database.write(partial(work, attempts=attempts, doubts=doubts))

    async def left(self) -> list[str]:
        """Return the contacts with messages to work on, or anything to send."""
        queries = (updates.WITH_WAITING, outgoing.WITH_OPEN, outgoing.WITH_UNQUEUED)
        found = [row[0] for query in queries for row in await self.database.read(query)]
        return list(dict.fromkeys(found))

    async def allow_carry(self, conversation_id: str, key: str) -> None:
        """Let whoever knows the key go on with the conversation, once; UnknownConversation."""
        work = partial(carrying.allow, conversation_id=conversation_id, key=key)
        await self.database.write(work)

    async def carry(self, contact_id: str, key: str, good: timedelta) -> bool:
        """Give a contact the key's conversation; False when the key isn't good (any more)."""
        work = partial(carrying.carry, contact_id=contact_id, key=key, good=good)
        return await self.database.write(work)

    async def forget_done(self) -> None:
        """Delete whoever nothing is kept of any more."""
        gone = False
        while await self.database.write(people.forget_done):
            gone = True
        if gone:
            await self.database.scrub()

    async def forget_older(self, before: datetime) -> int:
        """Delete the keys of what came before a moment and is done with; return how many.

        Patients who write meanwhile come in between.
        """
        await self.database.write(partial(carrying.forget, before=before))
        await self.forget_done()
        forgotten = 0
        while some := await self.database.write(partial(updates.forget, before=before)):
            forgotten += some
        # Whatever was done with by then isn't in the journal any more either.
        await self.database.scrub()
        return forgotten
