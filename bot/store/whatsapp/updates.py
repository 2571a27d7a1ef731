"""What comes from WhatsApp: kept once by its key, worked on in order, then emptied."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, String, bindparam, delete, exists, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.tables import messages as lines
from bot.store.whatsapp import people, reports
from bot.store.whatsapp.records import Incoming, Report, Taken, Waiting
from bot.store.whatsapp.tables import contacts, updates
from bot.store.whatsapp.transcript import KEY

# Whoever delivers the same twice at once is told the same.
_KEEP = {
    "sqlite": sqlite.insert(updates).on_conflict_do_nothing(index_elements=["key"]),
    "postgresql": postgresql.insert(updates).on_conflict_do_nothing(index_elements=["key"]),
}
_NOT_NULL = updates.c.content.is_not(None)
# Whoever dies between a message's line and its end finds it waiting again, as a line.
_IS_LINE = exists().where(
    lines.c.conversation_id == contacts.c.conversation_id, lines.c.key == KEY + updates.c.key
)
WAITING = (
    select(updates, _IS_LINE.label("is_line"))
    .join(contacts, contacts.c.id == updates.c.contact_id)
    .where(updates.c.contact_id == bindparam("contact"), _NOT_NULL)
    .order_by(updates.c.sent_at, updates.c.id)
)
WITH_WAITING = select(updates.c.contact_id).where(_NOT_NULL).distinct()
_FILL = (
    update(updates)
    .where(updates.c.key == bindparam("of"))
    .values(contact_id=bindparam("contact"), content=bindparam("new", type_=updates.c.content.type))
)
KNOWN = select(updates.c.id).where(updates.c.key == bindparam("of"))
# What a message became, and, below its key, what it was changed to.
LINES_OF = select(lines.c.conversation_id, lines.c.key).where(
    lines.c.conversation_id.in_(people.OWN),
    or_(
        lines.c.key == bindparam("line"),
        lines.c.key.startswith(bindparam("below", type_=String)),
    ),
)
# What is left is a key, which tells nothing, not even whose it was.
_EMPTY = update(updates).values(content=None, contact_id=None)
_THESE = updates.c.id.in_(bindparam("ids", expanding=True))
_WHOSE = select(updates.c.contact_id).where(_THESE, updates.c.contact_id.is_not(None)).distinct()
_DONE = _EMPTY.where(_THESE)
_DONE_OF = _DONE.where(updates.c.contact_id == bindparam("contact"))
_SHUT_OUT = _EMPTY.where(updates.c.key == bindparam("of"), _NOT_NULL)
MOST_KEYS = 5000  # go in one transaction: a patient who writes meanwhile waits for its end
_OLDEST = (
    select(updates.c.id)
    .where(updates.c.arrived_at < bindparam("before"), ~_NOT_NULL)
    .order_by(updates.c.arrived_at)
    .limit(MOST_KEYS)
)
_FORGET = delete(updates).where(_THESE)


def take(
    connection: Connection, messages: Sequence[Incoming], reports_in: Sequence[Report]
) -> Taken:
    """Keep every message that is new, and apply every report that is."""
    now = datetime.now(UTC)
    wrote: list[str] = []
    for message in messages:
        if _keep(connection, message.key, message.sent_at, now):
            contact_id = people.meet(connection, message.who)
            content = {"of": message.key, "contact": contact_id, "new": dict(message.content)}
            connection.execute(_FILL, content)
            if message.opens:
                people.wrote(connection, contact_id, message.sent_at, message.referral)
            wrote.append(contact_id)
    new = [report for report in reports_in if _keep(connection, report.key, now, now)]
    changed, failed = reports.apply(connection, new, now)
    return Taken(len(wrote), tuple(dict.fromkeys(wrote)), changed, failed)


def _keep(connection: Connection, key: str, sent_at: datetime, now: datetime) -> bool:
    """Keep a key; False when it was there."""
    row = {"key": key, "sent_at": sent_at, "arrived_at": now, "content": None}
    return connection.execute(_KEEP[connection.dialect.name], row).rowcount > 0


def done(connection: Connection, ids: Sequence[int], contact_id: str | None) -> bool:
    """Empty what was worked on, if it is still the contact's; its key stays.

    True when somebody was forgotten with it.
    """
    if not ids:
        return False
    whose = connection.execute(_WHOSE, {"ids": list(ids)}).scalars().all()
    if contact_id is None:
        connection.execute(_DONE, {"ids": list(ids)})
    else:
        connection.execute(_DONE_OF, {"ids": list(ids), "contact": contact_id})
    return people.forget(connection, [one for one in whose if one is not None]) > 0


def shut_out(connection: Connection, key: str) -> bool:
    """See to it that the message with this key is not worked on, whether it came or will come.

    True when there was something in it.
    """
    now = datetime.now(UTC)
    if _keep(connection, key, now, now):
        return False
    return connection.execute(_SHUT_OUT, {"of": key}).rowcount > 0


def forget(connection: Connection, before: datetime) -> int:
    """Delete some of the keys of what came before a moment and is done with; return how many."""
    oldest = connection.execute(_OLDEST, {"before": before}).scalars().all()
    return connection.execute(_FORGET, {"ids": oldest}).rowcount if oldest else 0


def waiting_of(row: Row[Any]) -> Waiting:
    """Return the message that a row stands for."""
    return Waiting(row.id, row.key, row.sent_at, row.arrived_at, row.content, row.is_line)
