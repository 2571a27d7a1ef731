"""Sessions: which browser is signed in as whom."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from bot.store.desk.auditing import record
from bot.store.desk.records import AuditEntry, Session, Staff
from bot.store.desk.tables import sessions, staff

# The person beside the session in one query: whoever was locked is out with the next request.
WITH_STAFF = (
    select(
        sessions,
        *(column.label(f"person_{column.name}") for column in staff.c),
    )
    .join(staff, staff.c.id == sessions.c.staff_id)
    .where(sessions.c.key == bindparam("session"), staff.c.active)
)
OF_STAFF = (
    select(sessions)
    .where(
        sessions.c.staff_id == bindparam("person"),
        sessions.c.expires_at > bindparam("now"),
        sessions.c.seen_at > bindparam("idle_since"),
        sessions.c.waits_for_code.is_(False),
    )
    .order_by(sessions.c.seen_at.desc())
)


def session_of(row: Row[Any]) -> Session:
    """Return the session that a row stands for."""
    return Session(
        key=row.key,
        staff_id=row.staff_id,
        made_at=row.made_at,
        seen_at=row.seen_at,
        expires_at=row.expires_at,
        waits_for_code=row.waits_for_code,
        new_totp=row.new_totp,
    )


def person_of(row: Row[Any]) -> Staff:
    """Return the person beside a session."""
    names = Staff.__dataclass_fields__
    return Staff(**{name: getattr(row, f"person_{name}") for name in names})


def begin(
    connection: Connection, session: Session, instead_of: str | None, entry: AuditEntry | None
) -> None:
    """Keep a new session, in place of an older one, and delete those that are over."""
    over = sessions.c.expires_at <= session.made_at
    connection.execute(delete(sessions).where(over | (sessions.c.key == instead_of)))
    row = {name: getattr(session, name) for name in Session.__dataclass_fields__}
    connection.execute(insert(sessions).values(row))
    if entry is not None:
        record(connection, entry)


def see(connection: Connection, key: str, at: datetime) -> None:
    """Know that the session was used."""
    connection.execute(update(sessions).where(sessions.c.key == key).values(seen_at=at))


def offer_totp(connection: Connection, key: str, secret: str | None) -> None:
    """Keep the secret of a second factor that isn't proved yet, for this session alone."""
    connection.execute(update(sessions).where(sessions.c.key == key).values(new_totp=secret))


def end(connection: Connection, staff_id: str, key: str | None, entry: AuditEntry) -> bool:
    """End one session of a person, or all of them; False when there was none."""
    ended = delete(sessions).where(sessions.c.staff_id == staff_id)
    done = connection.execute(ended if key is None else ended.where(sessions.c.key == key))
    if done.rowcount:
        record(connection, entry)
    return bool(done.rowcount)
