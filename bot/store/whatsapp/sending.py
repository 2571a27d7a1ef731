"""What is kept of what goes to people; every method may raise StoreUnavailable or Closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from bot.conversation.records import Entry
from bot.store.database import Database
from bot.store.rows import entry_of
from bot.store.whatsapp import outgoing, transcript
from bot.store.whatsapp.records import Contact, Delivery, NewDelivery, State


@dataclass(frozen=True, slots=True)
class Sending:
    """Deliveries, and the entries that they are made of."""

    database: Database

    async def unqueued(self, contact: Contact) -> list[Entry]:
        """Return the entries that are for this contact and not queued yet, in order."""
        if contact.conversation_id is None:
            return []
        place = {"conversation": contact.conversation_id, "after": contact.queued_seq}
        return [entry_of(row) for row in await self.database.read(transcript.UNQUEUED, **place)]

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

    async def note_beside(self, conversation_id: str, message_id: str) -> str | None:
        """Return the note of the turn that a message replies to, or None."""
        place = {"conversation": conversation_id, "message": message_id}
        rows = await self.database.read(transcript.LEFT_OUT, **place)
        return next((row[0] for row in rows), None)

    async def entry(self, conversation_id: str, message_id: str) -> Entry | None:
        """Return the entry of a message of the conversation, without feedback, or None."""
        place = {"conversation": conversation_id, "message": message_id}
        rows = await self.database.read(transcript.SAID, **place)
        return entry_of(rows[0]) if rows else None

    async def open_deliveries(self, contact_id: str) -> list[Delivery]:
        """Return what is still to be sent, in order, an emergency first."""
        return (await self.to_send(contact_id))[0]

    async def to_send(self, contact_id: str) -> tuple[list[Delivery], datetime | None]:
        """Return what is still to be sent, in order, and when the contact had written last then.

        Where nothing is to be sent, the moment is None.
        """
        rows = await self.database.read(outgoing.OPEN_ONES, contact=contact_id)
        return [outgoing.delivery_of(row) for row in rows], rows[0].wrote_at if rows else None

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
