"""Staff: kept, found and changed; nobody is deleted, because the audit names them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.store.desk.auditing import record
from bot.store.desk.records import AuditEntry, LastManager, LoginTaken, Staff
from bot.store.desk.tables import sessions, staff

BY_LOGIN = select(staff).where(staff.c.login == bindparam("login"))
EVERYBODY = select(staff).order_by(staff.c.active.desc(), func.lower(staff.c.name))
# A lock on all managers: two who demote each other at once must not both succeed.
_MANAGERS = select(staff.c.id).where(staff.c.role == "manager", staff.c.active).with_for_update()


def staff_of(row: Row[Any]) -> Staff:
    """Return the person whom a row stands for."""
    return Staff(
        id=row.id,
        login=row.login,
        name=row.name,
        role=row.role,
        must_change=row.must_change,
        active=row.active,
        made_at=row.made_at,
        password=row.password,
        totp=row.totp,
    )


def add(connection: Connection, person: Staff, entry: AuditEntry) -> None:
    """Keep somebody new; LoginTaken."""
    row = {name: getattr(person, name) for name in Staff.__dataclass_fields__}
    try:
        connection.execute(insert(staff).values(row))
    except IntegrityError:
        raise LoginTaken(person.login) from None
    record(connection, entry)


def change(
    connection: Connection,
    person_id: str,
    values: Mapping[str, Any],
    entry: AuditEntry,
    keep: str | None,
) -> None:
    """Change somebody and end their sessions, but the one with the key `keep`; LastManager."""
    takes_away = values.get("role") == "front_desk" or values.get("active") is False
    if takes_away and [row.id for row in connection.execute(_MANAGERS)] == [person_id]:
        raise LastManager
    connection.execute(update(staff).where(staff.c.id == person_id).values(**values))
    ended = delete(sessions).where(sessions.c.staff_id == person_id)
    connection.execute(ended if keep is None else ended.where(sessions.c.key != keep))
    record(connection, entry)


def rehash(connection: Connection, person_id: str, before: str, password: str) -> None:
    """Keep a password's new digest, unless the password was changed since."""
    same = (staff.c.id == person_id) & (staff.c.password == before)
    connection.execute(update(staff).where(same).values(password=password))


def use_code(connection: Connection, person_id: str, step: int) -> bool:
    """Use up the codes up to a step of time; False when that was done before."""
    unused = (staff.c.id == person_id) & (staff.c.totp_step < step)
    done = connection.execute(update(staff).where(unused).values(totp_step=step))
    return done.rowcount == 1
