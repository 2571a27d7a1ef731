"""The store of conversations on SQLAlchemy; what each method does stands in `ports.Store`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Executable, Row, text

from bot.conversation.errors import UnknownConversation, UnknownTurn
from bot.conversation.holding import WAIT
from bot.conversation.ports import Decide, Settle
from bot.conversation.records import (
    Conversation,
    Entry,
    Feedback,
    Forgotten,
    Kept,
    Line,
    News,
    Turn,
)
from bot.store import forgetting, holdings, queries, ratings, retracting, states, turns
from bot.store.database import Database, open_database
from bot.store.rows import entries_of, holding_of

MOST = 2**31 - 1  # no entry has a higher number than this, nor has anyone so many


async def open_store(url: str) -> "SqlStore":
    """Open the database (made when it is missing) and migrate it; StoreUnavailable."""
    return SqlStore(await open_database(url))


@dataclass(frozen=True, slots=True)
class SqlStore:
    """Keeps conversations in SQLite or PostgreSQL."""

    database: Database

    async def close(self) -> None:
        """Close the database."""
        await self.database.close()

    async def check(self) -> None:
        """Return when the database answers; StoreUnavailable."""
        await self.database.read(text("SELECT 1"))

    async def start(self, channel: str, conversation_id: str | None = None) -> str:
        """Begin a conversation and return its id."""
        return await self.database.write(
            partial(states.start, channel=channel, conversation_id=conversation_id)
        )

    async def conversation(self, conversation_id: str) -> Conversation:
        """Return a conversation's state."""
        for row in await self.database.read(queries.CONVERSATION, conversation=conversation_id):
            return Conversation(row.id, row.channel, holding_of(row), row.started_at)
        raise UnknownConversation(conversation_id)

    async def change(
        self, conversation_id: str, decide: Decide, key: str | None = None
    ) -> Entry | None:
        """Do what is decided about who speaks."""
        return await self.database.write(
            partial(holdings.change, of=conversation_id, decide=decide, key=key)
        )

    async def neglected(self, at: datetime) -> list[str]:
        """Return the conversations whose lease has run out, or that have waited for long."""
        rows = await self.database.read(holdings.NEGLECTED, at=at, waited=at - WAIT)
        return [row.id for row in rows]

    async def keep(
        self,
        conversation_id: str,
        lines: Sequence[Line],
        *,
        asked: str | None = None,
        note: str | None = None,
        settle: Settle | None = None,
    ) -> Kept:
        """Keep a patient's lines as one turn."""
        place = partial(turns.keep, to=conversation_id, lines=lines)
        return await self.database.write(partial(place, asked=asked, note=note, settle=settle))

    async def next_turn(self, conversation_id: str) -> Turn | None:
        """Return the conversation's oldest unfinished turn."""
        waiting = await self.database.read(queries.NEXT_TURNS, conversation=conversation_id)
        for row in waiting[:1]:
            more = len(waiting) > 1
            known = (row.text, row.holder, row.restarts, row.memory, row.note)
            return Turn(row.id, conversation_id, *known, more=more)
        return None

    async def finish(self, turn_id: str, settle: Settle) -> tuple[Entry, ...] | None:
        """Finish a turn and keep its replies in one transaction."""
        return await self.database.write(partial(turns.finish, turn_id=turn_id, settle=settle))

    async def replies(self, turn_id: str) -> list[Entry] | None:
        """Return a finished turn's replies."""
        rows = await self.database.read(queries.REPLIES, turn=turn_id)
        if not rows:
            raise UnknownTurn(turn_id)
        if rows[0].finished_at is None:
            return None
        return list(entries_of(rows))

    async def news(self, conversation_id: str, after: int, limit: int) -> News:
        """Return the first entries behind a cursor, and who holds it."""
        rows = await self._entries(queries.FIRST_ENTRIES, conversation_id, after, None, limit)
        return News(entries_of(rows), rows[0].holder, rows[0].staff_name)

    async def entries(
        self,
        conversation_id: str,
        after: int = 0,
        before: int | None = None,
        limit: int | None = None,
    ) -> list[Entry]:
        """Return the last entries between two cursors."""
        place = (conversation_id, after, before, limit)
        return list(entries_of(await self._entries(queries.LAST_ENTRIES, *place)))

    async def retract(self, conversation_id: str, key: str, instead: str) -> str | None:
        """Put other words in place of a patient's line."""
        turn_id = await self.database.write(
            partial(retracting.retract, of=conversation_id, key=key, instead=instead)
        )
        await self.database.scrub()
        return turn_id

    async def rate(
        self, conversation_id: str, message_id: str, helpful: bool, reason: str | None
    ) -> None:
        """Keep the patient's feedback in place of any before it."""
        said = Feedback(helpful, reason)
        await self.database.write(
            partial(ratings.rate, of=conversation_id, message_id=message_id, said=said)
        )

    async def feedback_counts(self) -> Mapping[bool, int]:
        """Return how many messages were found helpful, and how many were not."""
        rows = await self.database.read(queries.FEEDBACK)
        return {True: 0, False: 0} | {row.helpful: row.messages for row in rows}

    async def forget(self, conversation_id: str) -> Forgotten:
        """Delete a conversation with all that was said in it."""
        return await self._forget(partial(forgetting.forget, conversation_id=conversation_id))

    async def forget_some(
        self, before: datetime, by_channel: Mapping[str, datetime] | None = None
    ) -> Forgotten:
        """Delete some of the conversations last changed before their channel's moment."""
        work = partial(forgetting.forget_some, before=before, by_channel=by_channel or {})
        return await self._forget(work)

    async def _forget(self, work: Callable[[Connection], Forgotten]) -> Forgotten:
        forgotten = await self.database.write(work)
        if forgotten.conversations:
            await self.database.scrub()
        return forgotten

    async def reopen(self) -> list[str]:
        """Count a restart on each conversation's next turn and return the conversations."""
        return await self.database.write(turns.reopen)

    async def booking_clicks(self) -> int:
        """Return how often a booking button was pressed."""
        [row] = await self.database.read(queries.CLICKS)
        return int(row.clicks)

    async def _entries(
        self, query: Executable, of: str, after: int, before: int | None, limit: int | None
    ) -> Sequence[Row[Any]]:
        """Return the rows of a query for entries; UnknownConversation."""
        most = {
            "after": min(after, MOST),
            "before": MOST if before is None else min(before, MOST),
            "limit": MOST if limit is None else max(limit, 0),
        }
        rows = await self.database.read(query, conversation=of, **most)
        if not rows:
            raise UnknownConversation(of)
        return rows
