"""The store of conversations on SQLAlchemy; what each method does stands in `ports.Store`."""

from dataclasses import dataclass
from functools import partial

from sqlalchemy import text

from bot.conversation.errors import UnknownConversation, UnknownTurn
from bot.conversation.message import Message
from bot.conversation.ports import Settle
from bot.conversation.records import Conversation, Entry, Holder, Kept, Turn
from bot.store import queries, states, turns
from bot.store.database import Database, open_database
from bot.store.rows import entry_of


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

    async def start(self, channel: str) -> str:
        """Begin a conversation and return its id."""
        return await self.database.write(partial(states.start, channel=channel))

    async def conversation(self, conversation_id: str) -> Conversation:
        """Return a conversation's state."""
        for row in await self.database.read(queries.CONVERSATION, conversation=conversation_id):
            return Conversation(row.id, row.channel, row.holder, row.started_at)
        raise UnknownConversation(conversation_id)

    async def hold(self, conversation_id: str, holder: Holder) -> None:
        """Give the conversation to a holder."""
        await self.database.write(partial(states.hold, of=conversation_id, holder=holder))

    async def keep(
        self,
        conversation_id: str,
        message: Message,
        *,
        asked: str | None = None,
        key: str | None = None,
        reply: Message | None = None,
    ) -> Kept:
        """Keep a patient's message as a turn."""
        return await self.database.write(
            partial(turns.keep, to=conversation_id, said=message, asked=asked, key=key, reply=reply)
        )

    async def next_turn(self, conversation_id: str) -> Turn | None:
        """Return the conversation's oldest unfinished turn."""
        waiting = await self.database.read(queries.NEXT_TURNS, conversation=conversation_id)
        for row in waiting[:1]:
            more = len(waiting) > 1
            known = (row.text, row.holder, row.restarts, row.memory)
            return Turn(row.id, conversation_id, *known, more=more)
        return None

    async def finish(self, turn_id: str, settle: Settle) -> bool:
        """Finish a turn and keep its replies in one transaction."""
        return await self.database.write(partial(turns.finish, turn_id=turn_id, settle=settle))

    async def replies(self, turn_id: str) -> list[Entry] | None:
        """Return a finished turn's replies."""
        rows = await self.database.read(queries.REPLIES, turn=turn_id)
        if not rows:
            raise UnknownTurn(turn_id)
        if rows[0].finished_at is None:
            return None
        return [entry_of(row) for row in rows if row.seq is not None]

    async def entries(self, conversation_id: str, after: int, limit: int | None) -> list[Entry]:
        """Return the entries behind a cursor."""
        place = {"conversation": conversation_id, "after": after}
        if limit is None:
            rows = await self.database.read(queries.ENTRIES, **place)
        else:
            rows = await self.database.read(queries.SOME_ENTRIES, limit=limit, **place)
        return [entry_of(row) for row in rows]

    async def reopen(self) -> list[str]:
        """Count a restart on each unfinished turn and return their conversations."""
        return await self.database.write(turns.reopen)

    async def record_booking_click(self, conversation_id: str, message_id: str) -> None:
        """Count a press of a message's booking button."""
        await self.database.write(partial(states.click, of=conversation_id, message_id=message_id))

    async def booking_clicks(self) -> int:
        """Return how often a booking button was pressed."""
        [row] = await self.database.read(queries.CLICKS)
        return int(row.clicks)
