"""Takes in what a provider tells of bookings; the order and number of deliveries don't matter.

What is kept depends only on which deliveries have come: a state moves forward, a time is the one
told last by the provider's clock, and a booking has the reference of the one it takes the place of.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, exists, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.booking_tables import bookings, references
from bot.store.bookings import State
from bot.store.tables import booking_clicks

# Nothing goes back: what is cancelled or moved isn't booked again under the same name.
RANKS: Mapping[str, int] = {"booked": 0, "cancelled": 1, "moved": 2}


@dataclass(frozen=True, slots=True)
class Told:
    """What a delivery tells of a booking, its names as keyed digests; `at` is when it was told."""

    provider: str
    key: str
    state: State
    at: datetime
    starts_at: datetime | None
    reference: str | None = None
    instead_of: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """Whether a delivery changed anything, and whether its booking came from a conversation."""

    new: bool
    from_chat: bool


_FIRST = {
    "sqlite": sqlite.insert(bookings).on_conflict_do_nothing(index_elements=["key"]),
    "postgresql": postgresql.insert(bookings).on_conflict_do_nothing(index_elements=["key"]),
}
_ROW = select(bookings).where(bookings.c.key == bindparam("of")).with_for_update()
_AFTER = select(bookings.c.key).where(bookings.c.instead_of == bindparam("of"))
_SET = update(bookings).where(bookings.c.key == bindparam("of"))
_IS_OURS = select(exists().where(references.c.reference == bindparam("reference")))
_later = bookings.alias("later")
_STANDS = select(
    exists().where(
        bookings.c.reference == bindparam("reference"),
        or_(
            bookings.c.state == "booked",
            # Moved, and what it was moved to hasn't been told yet.
            and_(
                bookings.c.state == "moved", ~exists().where(_later.c.instead_of == bookings.c.key)
            ),
        ),
    )
)
_OF_REFERENCE = (
    select(references.c.click_id)
    .where(references.c.reference == bindparam("reference"))
    .scalar_subquery()
)
_VISIT = update(booking_clicks).where(booking_clicks.c.id == _OF_REFERENCE)


def take(connection: Connection, told: Told, now: datetime) -> Taken:
    """Keep what a delivery tells; the same again changes nothing."""
    new = False
    before = told.instead_of if told.instead_of != told.key else None
    # In one order always, so that two transactions can't wait for each other.
    for key, state in sorted(
        {told.key: told.state, **({before: "moved"} if before else {})}.items()
    ):
        values = {"provider": told.provider, "key": key, "state": state}
        first = values | {"made_at": now, "changed_at": now}
        new |= bool(connection.execute(_FIRST[connection.dialect.name], first).rowcount)
        row = connection.execute(_ROW, {"of": key}).one()
        changes = _forward(row, state)
        if key == told.key:
            changes |= _told(connection, row, told, before)
        new |= _change(connection, key, changes, now)
    if before:
        new |= _hand_on(connection, before, now)
    new |= _hand_on(connection, told.key, now)
    row = connection.execute(_ROW, {"of": told.key}).one()
    if new:
        _count(connection, {row.reference, before and _reference_of(connection, before)})
    return Taken(new, row.from_chat)


def _forward(row: Row[Any], state: str) -> dict[str, object]:
    return {"state": state} if RANKS[state] > RANKS[row.state] else {}


def _told(
    connection: Connection, row: Row[Any], told: Told, before: str | None
) -> dict[str, object]:
    """Return what a delivery changes of its booking besides the state."""
    changes: dict[str, object] = {}
    if told.starts_at and (
        row.told_at is None or (told.at, told.starts_at) > (row.told_at, row.starts_at)
    ):
        changes |= {"starts_at": told.starts_at, "told_at": told.at}
    if before and row.instead_of is None:
        changes["instead_of"] = before
    if row.from_chat or not told.reference:
        return changes
    if connection.scalar(_IS_OURS, {"reference": told.reference}):
        changes |= {"reference": told.reference, "from_chat": True}
    return changes


def _hand_on(connection: Connection, key: str, now: datetime) -> bool:
    """Give a booking's reference to those that take its place, and on to those after them."""
    row = connection.execute(_ROW, {"of": key}).one()
    if not row.from_chat:
        return False
    new, values = False, {"reference": row.reference, "from_chat": True}
    keys = list(connection.execute(_AFTER, {"of": key}).scalars())
    while keys:
        after = connection.execute(_ROW, {"of": keys.pop()}).one()
        if not after.from_chat:
            new |= _change(connection, after.key, values, now)
            keys += connection.execute(_AFTER, {"of": after.key}).scalars()
    return new


def _change(connection: Connection, key: str, values: Mapping[str, object], now: datetime) -> bool:
    if values:
        connection.execute(_SET.values(**values, changed_at=now), {"of": key})
    return bool(values)


def _reference_of(connection: Connection, key: str) -> str | None:
    reference: str | None = connection.execute(_ROW, {"of": key}).one().reference
    return reference


def _count(connection: Connection, of: set[str | None]) -> None:
    """Note with each press of a button what has become of it."""
    for reference in sorted(one for one in of if one):
        stands = connection.scalar(_STANDS, {"reference": reference})
        visit = "booked" if stands else "cancelled"
        connection.execute(_VISIT.values(visit=visit), {"reference": reference})
