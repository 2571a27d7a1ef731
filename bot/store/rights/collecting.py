"""Gathers all that is kept of a person: every row of every table that leads to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from bot.store.desk.auditing import audited_of
from bot.store.desk.auditing import record as record_audit
from bot.store.desk.records import Audited
from bot.store.desk.tables import audit
from bot.store.rights.finding import Between, find
from bot.store.rights.holdings import Holding, holdings
from bot.store.rights.records import Entry, Found, Record
from bot.store.rights.summing import summed

Row = Mapping[str, Any]

_AUDITED = (
    select(audit).where(audit.c.about.in_(bindparam("about", expanding=True))).order_by(audit.c.id)
)


@dataclass(frozen=True, slots=True)
class Gathered:
    """A person, the rows of each table that has any, and who looked at their data."""

    found: Found
    rows: Mapping[str, Sequence[Row]]
    audited: Sequence[Audited]


def gather(connection: Connection, an_id: str, entry: Entry) -> Gathered | None:
    """Return all that is kept of whoever has this id, as of one moment; the audit is told.

    None when nothing is.
    """
    for person in find(connection, Between(an_id, an_id)):
        found = summed(connection, person)
        record_audit(connection, entry(found))
        rows = {
            holding.table.name: some
            for holding in holdings()
            if (some := _rows(connection, holding, person))
        }
        seen = connection.execute(_AUDITED, {"about": list(person.ids)}).all()
        return Gathered(found, rows, [audited_of(row) for row in seen])
    return None


def _rows(connection: Connection, holding: Holding, person: Record) -> Sequence[Row]:
    order = holding.table.primary_key.columns
    query = select(holding.table).where(holding.of(person.by_root)).order_by(*order)
    return [dict(row) for row in connection.execute(query).mappings()]
