"""Translates between rows and what they mean."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row

from bot.conversation.message import Message, message_from_dict
from bot.conversation.records import Author, Entry

COLUMNS = ("id", "kind", "text", "intent", "confidence")


def message_row(
    conversation_id: str, turn_id: str, seq: int, author: Author, message: Message, at: datetime
) -> dict[str, Any]:
    """Return the row of a message: what is looked for in columns, the rest as JSON."""
    parts = message.to_dict()
    columns = {name: parts.pop(name) for name in COLUMNS}
    place = {"conversation_id": conversation_id, "turn_id": turn_id, "seq": seq}
    return {**place, **columns, "author": author, "extras": parts, "at": at}


def entry_of(row: Row[Any]) -> Entry:
    """Return the entry that a message's row stands for."""
    columns = {name: getattr(row, name) for name in COLUMNS}
    message = message_from_dict({**row.extras, **columns})
    return Entry(seq=row.seq, author=row.author, message=message, at=row.at)
