"""What was erased, so that it can be erased again where a restored backup brings it back.

Ids are 128 random bits: their digests tell nothing to whoever doesn't have the ids. With no key in
them they are good on another machine with another secret, too.
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Column, Connection, String, Table, delete, insert

from bot.store.columns import Utc
from bot.store.tables import metadata

DIGITS = 64

erasures = Table(
    "erasures",
    metadata,
    Column("key", String(DIGITS), primary_key=True),
    Column("at", Utc, nullable=False),
)


def key_of(an_id: str) -> str:
    """Return what is kept of the id of something that was erased."""
    return hashlib.sha256(f"erased\0{an_id}".encode()).hexdigest()


def mark(connection: Connection, ids: Iterable[str]) -> None:
    """Know conversations or people by these ids as erased, in the transaction that erases them."""
    now = datetime.now(UTC)
    remember(connection, [(key_of(one), now) for one in ids])


def remember(connection: Connection, erased: Iterable[tuple[str, datetime]]) -> None:
    """Know these keys as erased at those moments, whatever was known of them before."""
    for key, at in erased:
        connection.execute(delete(erasures).where(erasures.c.key == key))
        connection.execute(insert(erasures).values(key=key, at=at))
