"""What managers changed of the clinic's settings: versions that are only ever added to."""

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    Row,
    String,
    Table,
    Text,
    bindparam,
    create_engine,
    func,
    insert,
    inspect,
    select,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.conversation.errors import StoreUnavailable
from bot.store.columns import Utc
from bot.store.database import Database
from bot.store.desk.auditing import record
from bot.store.desk.records import AuditEntry
from bot.store.tables import metadata

# Triggers refuse every change but a new version; see the migration. Without a value the file's
# is back in force.
versions = Table(
    "desk_settings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("staff_id", String(32)),
    Column("login", String(64), nullable=False),
    Column("name", String(128), nullable=False),
    Column("value", Text),
)
Index("desk_settings_name", versions.c.name, versions.c.id)

_LAST = select(func.max(versions.c.id)).group_by(versions.c.name)
NEWEST = select(versions).where(versions.c.id.in_(_LAST)).order_by(versions.c.id)
_before = versions.alias("before")
AS_OF = (
    select(versions.c.value)
    .where(versions.c.name == bindparam("entry"), versions.c.id <= bindparam("seen"))
    .order_by(versions.c.id.desc())
    .limit(1)
)
# What an entry was before; the version before a first one is the file's.
HISTORY = (
    select(
        versions,
        select(_before.c.value)
        .where(_before.c.name == versions.c.name, _before.c.id < versions.c.id)
        .order_by(_before.c.id.desc())
        .limit(1)
        .scalar_subquery()
        .label("was"),
    )
    .where(versions.c.id < bindparam("before"))
    .order_by(versions.c.id.desc())
    .limit(bindparam("limit"))
)


@dataclass(frozen=True, slots=True)
class Version:
    """A change of an entry: by whom and when, its value and the one before.

    A value is None where the file's holds.
    """

    id: int
    at: datetime
    login: str
    name: str
    value: Any
    was: Any = None


class ChangedMeanwhile(Exception):
    """Somebody else changed the same entries since they were shown; `newest` by entry's name."""

    def __init__(self, newest: Mapping[str, Version]) -> None:
        super().__init__(", ".join(newest))
        self.newest = newest


def save(
    connection: Connection,
    changes: Mapping[str, Any],
    seen: int,
    entry: AuditEntry,
) -> None:
    """Add a version of each entry, and to the audit `entry` with the entry's name as its detail.

    `seen` is the newest version that whoever changes them knows of; ChangedMeanwhile when there
    is a newer one of one of these entries. A value of None brings the file's back.
    """
    newest = {row.name: version_of(row) for row in connection.execute(NEWEST)}
    newer = {name: one for name, one in newest.items() if name in changes and one.id > seen}
    if newer:
        raise ChangedMeanwhile(newer)
    at = datetime.now(UTC)
    for name, value in changes.items():
        written = None if value is None else json.dumps(value)
        row = {"at": at, "staff_id": entry.staff_id, "login": entry.login}
        connection.execute(insert(versions).values(**row, name=name, value=written))
        record(
            connection,
            AuditEntry(entry.staff_id, entry.login, entry.action, detail=name),
        )


async def newest(database: Database) -> list[Version]:
    """Return the newest version of each entry that was ever changed, in order; StoreUnavailable."""
    return [version_of(row) for row in await database.read(NEWEST)]


async def history(database: Database, before: int | None, limit: int) -> list[Version]:
    """Return versions, the newest first, those before a number if it is given."""
    place = {"before": before or 2**31 - 1, "limit": limit}
    return [version_of(row) for row in await database.read(HISTORY, **place)]


async def value_as_of(database: Database, name: str, seen: int) -> Any:  # noqa: ANN401
    """Return what an entry was when `seen` was the newest version; None for the file's value."""
    rows = await database.read(AS_OF, entry=name, seen=seen)
    return _value(rows[0].value) if rows else None


def in_force(newest: Sequence[Version]) -> dict[str, Any]:
    """Return what lies over the file, by the entry's name."""
    return {one.name: one.value for one in newest if one.value is not None}


def read_changes(url: str) -> dict[str, Any]:
    """Return what lies over the file, without changing the database; StoreUnavailable.

    There is nothing in a database that isn't made yet, or is older than this table.
    """
    parsed = make_url(url)
    if not parsed.database or not Path(parsed.database).is_file():
        return {}
    engine = create_engine(parsed)
    try:
        with closing(engine.connect()) as connection:
            if not inspect(connection).has_table(versions.name):
                return {}
            return in_force([version_of(row) for row in connection.execute(NEWEST)])
    except (SQLAlchemyError, ValueError) as error:
        cause = getattr(error, "orig", None) or type(error).__name__
        raise StoreUnavailable(f"the database can't be used: {cause}") from None
    finally:
        engine.dispose()


def version_of(row: Row[Any]) -> Version:
    """Return the version that a row stands for."""
    was = getattr(row, "was", None)
    return Version(row.id, row.at, row.login, row.name, _value(row.value), _value(was))


def _value(written: str | None) -> Any:  # noqa: ANN401 - whatever JSON holds
    return None if written is None else json.loads(written)
