"""Work that waits for the writer shares a transaction; each piece stands and falls by itself."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.conversation import StoreUnavailable
from bot.store import SqlStore, open_store

PIECES = 40


def writes(number: int, *, fails: Exception | None = None) -> object:
    """Work that notes a number, and then perhaps fails."""

    def work(connection: Connection) -> int:
        connection.execute(text("INSERT INTO noted VALUES (:number)"), {"number": number})
        if fails is not None:
            raise fails
        return number

    return work


async def noted(store: SqlStore) -> list[int]:
    rows = await store.database.read(text("SELECT number FROM noted ORDER BY rowid"))
    return [row.number for row in rows]


@pytest.fixture
async def own(tmp_path: Path) -> SqlStore:
    store = await open_store(f"sqlite:///{tmp_path / 'own.db'}")
    made = text("CREATE TABLE noted (number INTEGER UNIQUE)")
    await store.database.write(lambda connection: connection.execute(made) and None)
    yield store
    await store.close()


async def at_once(store: SqlStore, *works: object) -> list[object]:
    asked = [store.database.write(work) for work in works]
    return await asyncio.gather(*asked, return_exceptions=True)


async def test_what_is_asked_at_once_is_done_in_order_and_shares_the_wait(own: SqlStore) -> None:
    commits = []
    event.listen(own.database.writer, "commit", lambda _: commits.append(1))
    found = await at_once(own, *map(writes, range(PIECES)))
    assert found == list(range(PIECES))
    assert await noted(own) == list(range(PIECES))
    assert len(commits) < PIECES / 4


async def test_what_fails_is_undone_alone(own: SqlStore) -> None:
    found = await at_once(
        own, writes(0), writes(1), writes(2, fails=KeyError("mine")), writes(1), writes(3)
    )
    assert found[:2] == [0, 1]
    assert isinstance(found[2], KeyError)
    assert isinstance(found[3], IntegrityError)
    assert found[4] == 3
    assert await noted(own) == [0, 1, 3]


async def test_trouble_of_the_database_is_everybodys(own: SqlStore) -> None:
    full = OperationalError("", {}, Exception("the disk is full"))
    found = await at_once(own, writes(0), writes(1, fails=full), writes(2))
    assert all(isinstance(one, StoreUnavailable) for one in found)
    assert await noted(own) == []
    assert await at_once(own, writes(3)) == [3]
    assert await noted(own) == [3]
