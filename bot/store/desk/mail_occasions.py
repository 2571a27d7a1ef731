"""What the desk is told of by e-mail, decided and kept in one transaction.

URGENT, WAITING and COUNTERS are all that is asked about conversations here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, delete, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.conversation.message import new_id
from bot.store.desk.callback_tables import callbacks
from bot.store.desk.mail_tables import IS_URGENT, IS_WAITING, mails
from bot.store.tables import conversations, messages

HOUR = timedelta(hours=1)
# What is older is no news: the service was down for longer, or e-mail wasn't set up.
OLDEST_URGENT = timedelta(days=1)
KEPT = timedelta(days=60)  # what is about no conversation; the rest goes with its own

_told = (
    select(
        mails.c.conversation_id,
        func.max(mails.c.made_at).label("at"),
        func.max(mails.c.seq).label("seq"),
    )
    .where(mails.c.kind == "urgent", mails.c.made_at > bindparam("since"))
    .group_by(mails.c.conversation_id)
    .subquery("told")
)
# Each conversation's newest urgent message that no e-mail told of, unless one left in this hour.
URGENT = (
    select(
        messages.c.conversation_id,
        conversations.c.channel,
        func.max(messages.c.seq).label("seq"),
        func.max(messages.c.at).label("since"),
    )
    .join(conversations, conversations.c.id == messages.c.conversation_id)
    .outerjoin(_told, _told.c.conversation_id == messages.c.conversation_id)
    .where(
        IS_URGENT,
        messages.c.at > bindparam("since"),
        or_(
            _told.c.at.is_(None),
            and_(_told.c.at <= bindparam("hour_ago"), messages.c.seq > _told.c.seq),
        ),
    )
    .group_by(messages.c.conversation_id, conversations.c.channel)
)

# Each conversation that waits for a person, and since when.
WAITING = select(
    conversations.c.id.label("conversation_id"),
    conversations.c.channel,
    conversations.c.held_since.label("since"),
).where(IS_WAITING)

# What the morning's e-mail counts, by the name of its words in data/texts.yml (mail.count_...).
COUNTERS: Mapping[str, Select[Any]] = {
    "waiting": select(func.count()).select_from(conversations).where(IS_WAITING),
    "callbacks": select(func.count()).select_from(callbacks).where(callbacks.c.state == "open"),
}

_TOLD_WAITING = select(mails.c.key).where(
    mails.c.kind == "waiting",
    mails.c.conversation_id.in_(select(conversations.c.id).where(IS_WAITING)),
)
_KNOWN = select(mails.c.id).where(mails.c.key == bindparam("of"))
_KEEP = {
    "sqlite": sqlite.insert(mails).on_conflict_do_nothing(index_elements=["key"]),
    "postgresql": postgresql.insert(mails).on_conflict_do_nothing(index_elements=["key"]),
}
_OLD = delete(mails).where(
    mails.c.conversation_id.is_(None), mails.c.made_at < bindparam("kept_since")
)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The opening hours, as far as they matter here.

    `open_for` tells how long the clinic was open between two moments, `opened` since when it is
    open today (None while it is closed).
    """

    open_for: Callable[[datetime, datetime], timedelta]
    opened: Callable[[datetime], datetime | None]


def decide(connection: Connection, calendar: Calendar, patience: timedelta, now: datetime) -> int:
    """Keep the e-mails that are due at `now`; return how many are new.

    One for urgent messages of a conversation an hour, one for each waiting that lasts longer than
    `patience` of opening hours, and one in the morning if there is anything to count.
    """
    new = _urgent(connection, now)
    opened = calendar.opened(now)
    if opened is not None:
        new += _waiting(connection, calendar, patience, now) + _morning(connection, opened, now)
    return new


def _urgent(connection: Connection, now: datetime) -> int:
    moments = {"since": now - OLDEST_URGENT, "hour_ago": now - HOUR}
    rows = connection.execute(URGENT, moments).all()
    return sum(
        _keep(connection, now, _about(row, "urgent", str(row.seq)) | {"seq": row.seq})
        for row in rows
    )


def _waiting(connection: Connection, calendar: Calendar, patience: timedelta, now: datetime) -> int:
    told = set(connection.execute(_TOLD_WAITING).scalars())
    new = 0
    for row in connection.execute(WAITING).all():
        mail = _about(row, "waiting", f"{row.since:%Y%m%dT%H%M%S.%f}")
        if mail["key"] not in told and calendar.open_for(row.since, now) > patience:
            new += _keep(connection, now, mail)
    return new


def _morning(connection: Connection, opened: datetime, now: datetime) -> int:
    key = f"morning/{opened:%Y-%m-%d}"
    if connection.execute(_KNOWN, {"of": key}).first():
        return 0
    connection.execute(_OLD, {"kept_since": now - KEPT})
    counts = {name: connection.scalar(counted) or 0 for name, counted in COUNTERS.items()}
    mail: dict[str, object] = {"key": key, "kind": "morning", "content": {"counts": counts}}
    if any(counts.values()):
        return _keep(connection, now, mail)
    _keep(connection, now, mail | {"state": "needless"})
    return 0


def _about(row: Row[*tuple[Any, ...]], kind: str, name: str) -> dict[str, object]:
    """Return the e-mail about a row of URGENT or WAITING; the same name is the same occasion."""
    return {
        "key": f"{kind}/{row.conversation_id}/{name}",
        "kind": kind,
        "conversation_id": row.conversation_id,
        "content": {"channel": row.channel, "since": row.since.isoformat()},
    }


def _keep(connection: Connection, now: datetime, mail: Mapping[str, object]) -> int:
    """Keep an e-mail unless its occasion was told before; return how many were kept."""
    values = {"id": new_id(), "state": "waiting", "made_at": now, "due_at": now, **mail}
    return int(connection.execute(_KEEP[connection.dialect.name], values).rowcount)
