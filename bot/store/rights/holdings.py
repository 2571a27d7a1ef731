"""Which tables hold something of a person: every one that leads to a conversation or a contact.

The tables' own foreign keys say so, and a table that is added later is among them by itself.
"""

import pkgutil
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from sqlalchemy import Column, ColumnElement, MetaData, Select, Table, false, or_, select

import bot.store
from bot.store.tables import conversations, metadata
from bot.store.whatsapp.tables import contacts

ROOTS = (conversations.name, contacts.name)
# Telephone numbers stand in columns that are called so.
NUMBERS = ("phone", "number", "telephone")


@dataclass(frozen=True, slots=True)
class Holding:
    """A table, and the columns by which its rows are a person's."""

    table: Table
    links: tuple[Column[Any], ...]  # with a foreign key to a root or to another holding

    @property
    def cascades(self) -> bool:
        """Whether its rows go by themselves with what they belong to."""
        return bool(self.links) and all(
            key.ondelete == "CASCADE" for link in self.links for key in link.foreign_keys
        )

    def of(self, ids: Mapping[str, Collection[str]]) -> ColumnElement[bool]:
        """Return what is true of the rows that belong to these ids, by the root's name."""
        found = [link.in_(_targets(link, ids)) for link in self.links]
        if self.table.name in ROOTS:
            found.append(self.table.c.id.in_(ids[self.table.name]))
        return or_(false(), *found)


def holdings(tables: MetaData | None = None) -> tuple[Holding, ...]:
    """Return the roots and every table that leads to one, each after those that it leads to."""
    known: dict[str, Holding] = {}
    for table in (tables or all_tables()).sorted_tables:
        links = [key for key in _links(table) if _target(key).name in (*known, *ROOTS)]
        # Whatever names a root itself isn't looked for by way of others.
        direct = [key for key in links if _target(key).name in ROOTS]
        if links or table.name in ROOTS:
            known[table.name] = Holding(table, tuple(direct or links))
    return tuple(known.values())


@cache
def all_tables() -> MetaData:
    """Return every table of ours, whichever module declares it."""
    for module in pkgutil.walk_packages(bot.store.__path__, "bot.store."):
        if ".migrations" not in module.name:
            import_module(module.name)
    return metadata


def numbered() -> Iterator[tuple[Column[Any], Column[Any]]]:
    """Yield where telephone numbers stand: the column, and the one that names the conversation."""
    for holding in holdings():
        link = next((key for key in holding.links if _target(key).name == ROOTS[0]), None)
        for name in NUMBERS:
            if name in holding.table.c and link is not None:
                yield holding.table.c[name], link


def _links(table: Table) -> Iterator[Column[Any]]:
    return (column for column in table.c if column.foreign_keys)


def _target(link: Column[Any]) -> Table:
    [key] = link.foreign_keys
    return key.column.table


def _targets(
    link: Column[Any], ids: Mapping[str, Collection[str]]
) -> Collection[str] | Select[Any]:
    """Return the values that a link may have: ids, or a query for the rows between."""
    target = _target(link)
    if target.name in ROOTS:
        return ids[target.name]
    between = next(one for one in holdings(target.metadata) if one.table is target)
    [key] = link.foreign_keys
    return select(key.column).where(between.of(ids))
