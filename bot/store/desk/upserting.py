"""Adds rows or changes those that are there, in each database's own words for it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnCollection, Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

# From the row that was to be added to what is changed in the one that is there.
Change = Callable[[ColumnCollection[str, Any]], Mapping[str, Any]]


def upsert(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], change: Change
) -> None:
    """Add rows; where one with the same primary key is there, change that instead."""
    if not rows:
        return
    keys = [column.name for column in table.primary_key]
    if connection.dialect.name == "sqlite":
        lite = sqlite.insert(table)
        lite = lite.on_conflict_do_update(index_elements=keys, set_=dict(change(lite.excluded)))
        connection.execute(lite, rows)
    else:
        other = postgresql.insert(table)
        other = other.on_conflict_do_update(index_elements=keys, set_=dict(change(other.excluded)))
        connection.execute(other, rows)
