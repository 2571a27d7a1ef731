"""The WhatsApp channel's store on SQLAlchemy; every method may raise StoreUnavailable or Closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.store.whatsapp import codes, moving, outgoing, people, transcript, updates
from bot.store.whatsapp.records import (
    Contact,
    Incoming,
    Report,
    Taken,
    Waiting,
)
from bot.store.whatsapp.sending import Sending


@dataclass(frozen=True, slots=True)
class WhatsAppStore(Sending):
    """Keeps people, what came from them and what goes to them beside the conversations."""

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
        return bool(await self.database.read(transcript.UNANSWERED, conversation=conversation_id))

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

    async def stop(self, contact_id: str) -> None:
        """Send a contact nothing more: what waits in their conversation is dropped, too."""
        await self.database.write(partial(outgoing.stop, contact_id=contact_id))

    async def close_window(self, contact: Contact) -> None:
        """Know the window as closed, whatever the clock says, unless they wrote meanwhile."""
        work = partial(people.close_window, contact_id=contact.id, since=contact.wrote_at)
        await self.database.write(work)

    async def left(self) -> list[str]:
        """Return the contacts with messages to work on, or anything to send."""
        queries = (updates.WITH_WAITING, outgoing.WITH_OPEN, transcript.WITH_UNQUEUED)
        found = [row[0] for query in queries for row in await self.database.read(query)]
        return list(dict.fromkeys(found))

    async def allow_carry(self, conversation_id: str, key: str) -> None:
        """Let whoever knows the key go on with the conversation, once; UnknownConversation."""
        work = partial(codes.allow, conversation_id=conversation_id, key=key)
        await self.database.write(work)

    async def carry(self, contact_id: str, key: str, good: timedelta) -> bool:
        """Give a contact the key's conversation; False when the key isn't good (any more)."""
        work = partial(codes.carry, contact_id=contact_id, key=key, good=good)
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
        await self.database.write(partial(codes.forget, before=before))
        await self.forget_done()
        forgotten = 0
        while some := await self.database.write(partial(updates.forget, before=before)):
            forgotten += some
        # Whatever was done with by then isn't in the journal any more either.
        await self.database.scrub()
        return forgotten
