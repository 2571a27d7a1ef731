"""A person with a word of their own in every column of every table that may hold one."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    Date,
    Float,
    Integer,
    String,
    insert,
)

from bot.conversation.message import new_id
from bot.store.columns import Utc
from bot.store.database import Database
from bot.store.rights.holdings import ROOTS, holdings

ONE_OF = re.compile(r"(\w+) IN \('(\w+)'")
# What tells nothing of a person: a digest; what a press was about, and what became of it.
STAYS = {
    ("whatsapp_updates", "key"),
    ("booking_clicks", "message_id"),
    ("booking_clicks", "intent"),
    ("booking_clicks", "visit"),
}
FIXED = {("whatsapp_deliveries", "state"): "dropped", ("conversations", "channel"): "widget"}


async def marked_person(database: Database, word: str) -> tuple[dict[str, str], list[str]]:
    """Keep somebody with a row in every table; return their ids by the root, and the words."""
    ids, words = {root: new_id() for root in ROOTS}, _words(word)
    used: list[str] = []
    await database.write(partial(_fill, ids=ids, words=words, used=used))
    return ids, used


def in_files(folder: Path, words: list[str]) -> list[str]:
    """Which of the words any file below a folder holds."""
    kept = b"".join(one.read_bytes() for one in folder.rglob("*") if one.is_file())
    return [word for word in words if word.encode() in kept]


def _words(word: str) -> Iterator[str]:
    return (f"{word}{number:03}" for number in count())


def _fill(
    connection: Connection, ids: dict[str, str], words: Iterator[str], used: list[str]
) -> None:
    known: dict[str, object] = dict(ids)
    for holding in holdings():
        table = holding.table
        only = dict(
            found.groups()
            for rule in table.constraints
            if isinstance(rule, CheckConstraint) and (found := ONE_OF.search(str(rule.sqltext)))
        )
        row: dict[str, Any] = {}
        for column in table.c:
            fixed = FIXED.get((table.name, column.name)) or only.get(column.name)
            row[column.name] = fixed or _value(column, table.name, known, words, used)
        made = connection.execute(insert(table).values(row))
        known.setdefault(table.name, row.get("id") or (made.inserted_primary_key or [None])[0])


def _value(
    column: Column[Any],
    table: str,
    known: dict[str, object],
    words: Iterator[str],
    used: list[str],
) -> object:
    """Return what stands in a column: a word of its own wherever there can be words."""
    for key in column.foreign_keys:
        return known.get(key.column.table.name)
    if column.name == "id" and table in known:
        return known[table]
    match column.type:
        case Utc():
            return datetime.now(UTC)
        case Date():
            return datetime.now(UTC).date()
        case Boolean():
            return True
        case Integer() | Float():
            return int(new_id()[:7], 16)
    assert isinstance(column.type, JSON | String), f"{table}.{column.name}: {column.type!r}"
    word = next(words)
    if (table, column.name) not in STAYS:
        used.append(word)
    return {"words": word} if isinstance(column.type, JSON) else word
