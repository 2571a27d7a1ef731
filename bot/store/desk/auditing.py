"""The audit: what was done, in order, never changed."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select

from bot.store.desk.records import Audited, AuditEntry
from bot.store.desk.tables import audit

PAGE = (
    select(audit)
    .where(audit.c.id < bindparam("before"))
    .order_by(audit.c.id.desc())
    .limit(bindparam("limit"))
)


def record(connection: Connection, entry: AuditEntry) -> None:
    """Add an entry, in the transaction of what it tells about."""
    row = {name: getattr(entry, name) for name in AuditEntry.__dataclass_fields__}
    connection.execute(insert(audit).values(**row, at=datetime.now(UTC)))


def audited_of(row: Row[Any]) -> Audited:
    """Return the entry that a row stands for."""
    entry = AuditEntry(row.staff_id, row.login, row.action, row.about, row.detail)
    return Audited(row.id, row.at, entry)
