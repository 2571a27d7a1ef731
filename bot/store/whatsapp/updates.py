"""What comes from WhatsApp: kept once by its key, worked on in order, then emptied."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.whatsapp import people, reports
from bot.store.whatsapp.records import Incoming, Report, Taken, Waiting
from bot.store.whatsapp.tables import updates

# Whoever delivers the same twice at once is told the same.
_KEEP = {
    "sqlite": sqlite.insert(updates).on_conflict_do_nothing(index_elements=["key"]),
    "postgresql": postgresql.insert(updates).on_conflict_do_nothing(index_elements=["key"]),
}
_NOT_NULL = updates.c.content.is_not(None)
WAITING = (
    select(updates)
    .where(updates.c.contact_id == bindparam("contact"), _NOT_NULL)
    .order_by(updates.c.sent_at, updates.c.id)
)
WITH_WAITING = select(updates.c.contact_id).where(_NOT_NULL).distinct()
_EMPTY = update(updates).values(content=None)
_DONE = _EMPTY.where(updates.c.id.in_(bindparam("ids", expanding=True)))
_KNOWN = select(updates.c.id).where(updates.c.key == bindparam("known"))
_OLDER = delete(updates).where(updates.c.arrived_at < bindparam("before"), ~_NOT_NULL)


def take(
    connection: Connection, messages: Sequence[Incoming], reports_in: Sequence[Report]
) -> Taken:
    """Keep every message that is new, and apply every report that is."""
    now = datetime.now(UTC)
    wrote: list[str] = []
    for message in messages:
        if _keep(connection, message.key, message.sent_at, now):
            contact_id = people.meet(connection, message.who)
            content = {"contact_id": contact_id, "content": dict(message.content)}
            connection.execute(update(updates).where(updates.c.key == message.key).values(content))
            if message.opens:
                people.wrote(connection, contact_id, message.sent_at, message.referral)
            wrote.append(contact_id)
    new = [report for report in reports_in if _keep(connection, report.key, now, now)]
    people_of = tuple(dict.fromkeys(wrote))
    return Taken(len(wrote), people_of, reports.apply(connection, new, now))


def _keep(connection: Connection, key: str, sent_at: datetime, now: datetime) -> bool:
    """Keep a key; False when it was there."""
    row = {"key": key, "sent_at": sent_at, "arrived_at": now, "content": None}
    return connection.execute(_KEEP[connection.dialect.name], row).rowcount > 0


def done(connection: Connection, ids: Sequence[int]) -> None:
    """Empty what was worked on; its key stays."""
    connection.execute(_DONE, {"ids": list(ids)})


def shut_out(connection: Connection, key: str) -> None:
    """See to it that the message with this key is not worked on, whether it came or will come."""
    now = datetime.now(UTC)
    if not _keep(connection, key, now, now):
        connection.execute(_EMPTY.where(updates.c.key == key))


def forget(connection: Connection, before: datetime) -> int:
    """Delete the keys of what came before a moment and is done with; return how many."""
    return connection.execute(_OLDER, {"before": before}).rowcount


def waiting_of(row: Row[Any]) -> Waiting:
    """Return the message that a row stands for."""
    return Waiting(row.id, row.key, row.sent_at, row.arrived_at, row.content)
