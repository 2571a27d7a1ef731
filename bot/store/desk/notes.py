"""What colleagues write to each other about a conversation; patients never see it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    bindparam,
    insert,
    select,
)

from bot.conversation.holding import Person
from bot.store.columns import Utc
from bot.store.database import Database
from bot.store.desk.auditing import record
from bot.store.desk.records import AuditEntry
from bot.store.states import lock
from bot.store.tables import metadata

notes = Table(
    "desk_notes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "conversation_id",
        ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("staff_id", String(32), nullable=False),
    Column("staff_name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Utc, nullable=False),
)
_OF = select(notes).where(notes.c.conversation_id == bindparam("conversation")).order_by(notes.c.id)


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody of staff noted, and when."""

    name: str
    text: str
    at: datetime


async def notes_of(database: Database, conversation_id: str) -> list[Note]:
    """Return a conversation's notes, the oldest first."""
    rows = await database.read(_OF, conversation=conversation_id)
    return [Note(row.staff_name, row.text, row.at) for row in rows]


async def add_note(database: Database, conversation_id: str, person: Person, text: str) -> None:
    """Keep a note about a conversation; UnknownConversation."""
    await database.write(partial(_add, of=conversation_id, person=person, text=text))


def _add(connection: Connection, of: str, person: Person, text: str) -> None:
    lock(connection, of)
    values = {
        "conversation_id": of,
        "staff_id": person.id,
        "staff_name": person.name,
        "text": text,
        "at": datetime.now(UTC),
    }
    connection.execute(insert(notes), values)
    record(connection, AuditEntry(person.id, person.login, "note.kept", of))
