"""Translates between rows and what they mean."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from bot.conversation.holding import Holding, Person
from bot.conversation.message import Message, message_from_dict
from bot.conversation.records import Author, Entry, Feedback, Line

COLUMNS = ("id", "kind", "text", "intent", "confidence")
HOLDING = (
    "holder",
    "held_since",
    "staff_id",
    "staff_name",
    "lease_until",
    "reason",
    "told",
    "unanswered_since",
    "urgent_at",
    "warned_at",
    "closed_at",
)


def new(column: str) -> str:
    """Return the name of the parameter that a column is changed to."""
    return f"new_{column}"


def holding_of(row: Row[Any]) -> Holding:
    """Return who speaks, from a conversation's row."""
    person = None if row.staff_id is None else Person(row.staff_id, row.staff_name)
    return Holding(
        row.holder,
        row.held_since,
        person,
        row.lease_until,
        row.reason,
        row.told,
        row.unanswered_since,
        row.urgent_at,
        row.warned_at,
        row.closed_at,
    )


def columns_of(holding: Holding) -> dict[str, Any]:
    """Return who speaks as a conversation's columns."""
    person = holding.person
    values = (
        holding.holder,
        holding.since,
        None if person is None else person.id,
        None if person is None else person.name,
        holding.until,
        holding.reason,
        holding.told,
        holding.unanswered,
        holding.urgent,
        holding.warned,
        holding.closed,
    )
    return dict(zip(HOLDING, values, strict=True))


def holding_row(holding: Holding) -> dict[str, Any]:
    """Return the parameters of a statement that changes who speaks."""
    return {new(column): value for column, value in columns_of(holding).items()}


def message_row(
    conversation_id: str,
    turn_id: str | None,
    seq: int,
    author: Author,
    line: Line,
    at: datetime,
    name: str | None = None,
) -> dict[str, Any]:
    """Return the row of a message: what is looked for in columns, the rest as JSON."""
    parts = line.message.to_dict()
    columns = {name: parts.pop(name) for name in COLUMNS}
    place = {"conversation_id": conversation_id, "turn_id": turn_id, "seq": seq}
    whose = {"author": author, "name": name, "key": line.key}
    return {**place, **columns, **whose, "extras": parts, "at": at}


def message_of(row: Row[Any]) -> Message:
    """Return the message that a row stands for."""
    columns = {name: getattr(row, name) for name in COLUMNS}
    return message_from_dict({**row.extras, **columns})


def entry_of(row: Row[Any]) -> Entry:
    """Return the entry that a message's row stands for."""
    return Entry(
        seq=row.seq,
        author=row.author,
        message=message_of(row),
        at=row.at,
        key=row.key,
        name=row.name,
        feedback=None if row.helpful is None else Feedback(row.helpful, row.reason),
    )


def entries_of(rows: Iterable[Row[Any]]) -> tuple[Entry, ...]:
    """Return the entries among the rows of a query that has rows without one."""
    return tuple(entry_of(row) for row in rows if row.seq is not None)
