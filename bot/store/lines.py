"""Adds lines to a conversation; every patient waits for these statements, so each is made once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, update

from bot.conversation.records import Author, Entry, Line
from bot.store.rows import HOLDING, message_row, new
from bot.store.tables import conversations, messages

MOVE = (
    update(conversations)
    .where(conversations.c.id == bindparam("conversation"))
    .values(last_seq=bindparam("last"), changed_at=bindparam("now"))
)
SETTLE = MOVE.values({column: bindparam(new(column)) for column in HOLDING})
_SAY = insert(messages)


def append(
    connection: Connection,
    conversation_id: str,
    turn_id: str | None,
    last: int,
    lines: Sequence[Line],
    author: Author,
    now: datetime,
    name: str | None = None,
) -> tuple[Entry, ...]:
    """Add lines below the last entry of a locked conversation, and return them as its entries.

    `turn_id` is the turn they belong to, `name` that of the person of staff who wrote them.
    """
    rows = [
        message_row(conversation_id, turn_id, seq, author, line, now, name)
        for seq, line in enumerate(lines, start=last + 1)
    ]
    if rows:
        connection.execute(_SAY, rows)
    return tuple(
        Entry(seq, author, line.message, now, line.key, name)
        for seq, line in enumerate(lines, start=last + 1)
    )
