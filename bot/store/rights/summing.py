"""How things stand with a person, without a word of theirs."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, func, select

from bot.store.desk.auditing import record as record_audit
from bot.store.rights.finding import Wanted, find
from bot.store.rights.holdings import Holding, holdings
from bot.store.rights.records import Entry, Found, Record, Summary
from bot.store.tables import conversations, messages

_SUMMARY = (
    select(
        conversations.c.id,
        conversations.c.channel,
        conversations.c.started_at,
        conversations.c.changed_at,
        func.count(messages.c.seq).label("messages"),
        func.min(messages.c.at).label("first"),
        func.max(messages.c.at).label("last"),
    )
    .outerjoin(messages, messages.c.conversation_id == conversations.c.id)
    .where(conversations.c.id.in_(bindparam("conversations", expanding=True)))
    .group_by(
        conversations.c.id,
        conversations.c.channel,
        conversations.c.started_at,
        conversations.c.changed_at,
    )
    .order_by(conversations.c.changed_at.desc())
)


def look(connection: Connection, wanted: Wanted, entry: Entry | None) -> list[Found]:
    """Return everybody who is meant; the audit is told of each, or that there was nobody.

    Without an `entry` it is told nothing: then somebody is looked at who was found before.
    """
    found = [summed(connection, person) for person in find(connection, wanted)]
    if entry is not None:
        told: Sequence[Found | None] = found or [None]
        for one in told:
            record_audit(connection, entry(one))
    return found


def summed(connection: Connection, person: Record) -> Found:
    """Return how things stand with a person; the conversation changed last comes first."""
    rows = connection.execute(_SUMMARY, {"conversations": list(person.conversations)})
    counts = {one.table.name: _count(connection, one, person) for one in holdings()}
    talks = [
        Summary(
            row.id,
            row.channel,
            row.messages,
            row.first or row.started_at,
            row.last or row.started_at,
            row.changed_at,
        )
        for row in rows
    ]
    return Found(person, talks, counts)


def _count(connection: Connection, holding: Holding, person: Record) -> int:
    query = select(func.count()).select_from(holding.table).where(holding.of(person.by_root))
    return int(connection.execute(query).scalar_one())
