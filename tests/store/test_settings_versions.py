"""Versions of the settings are only added to, and read before anything runs."""

import sqlite3
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError

from bot.conversation import StoreUnavailable
from bot.store import SqlStore
from bot.store.desk import AuditEntry
from bot.store.desk.settings import (
    AS_OF,
    HISTORY,
    NEWEST,
    ChangedMeanwhile,
    history,
    in_force,
    newest,
    read_changes,
    save,
    value_as_of,
)
from tests.databases import older

ENTRY = AuditEntry("0" * 32, "anna", "settings.changed")


async def change(store: SqlStore, seen: int, **values: object) -> None:
    await store.database.write(partial(save, changes=values, seen=seen, entry=ENTRY))


async def test_the_newest_version_holds_and_all_before_it_stay(store: SqlStore) -> None:
    await change(store, 0, name="One", keep_days=7)
    await change(store, 2, name="Two", keep_days=None)
    assert in_force(await newest(store.database)) == {"name": "Two"}
    found = await history(store.database, None, 9)
    told = [(one.name, one.was, one.value) for one in reversed(found)]
    assert told == [
        ("name", None, "One"),
        ("keep_days", None, 7),
        ("name", "One", "Two"),
        ("keep_days", 7, None),
    ]
    assert [one.id for one in await history(store.database, 3, 1)] == [2]
    assert await value_as_of(store.database, "name", 2) == "One"
    assert await value_as_of(store.database, "name", 0) is None


async def test_what_somebody_else_changed_since_is_not_overwritten(store: SqlStore) -> None:
    await change(store, 0, name="One")
    with pytest.raises(ChangedMeanwhile) as caught:
        await change(store, 0, name="Two", keep_days=7)
    assert caught.value.newest["name"].value == "One"
    await change(store, 0, keep_days=7)
    assert in_force(await newest(store.database)) == {"name": "One", "keep_days": 7}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE desk_settings SET value = 'null'",
        "DELETE FROM desk_settings",
        "REPLACE INTO desk_settings (id, at, login, name) SELECT id, at, 'x', 'y' FROM"
        " desk_settings",
    ],
)
async def test_no_version_is_ever_changed(store: SqlStore, statement: str) -> None:
    await change(store, 0, name="One")
    with (
        pytest.raises(DBAPIError, match="take new versions only"),
        store.database.writer.begin() as connection,
    ):
        connection.execute(text(statement))


async def test_changes_are_read_from_a_file_that_may_not_have_any(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'candor.db'}"
    assert read_changes(url) == {}
    assert read_changes("sqlite://") == {}
    older(tmp_path / "candor.db", "0006")
    assert read_changes(url) == {}
    (tmp_path / "other.db").write_bytes(b"no database at all" * 99)
    with pytest.raises(StoreUnavailable):
        read_changes(f"sqlite:///{tmp_path / 'other.db'}")


async def test_a_value_that_is_no_json_is_not_passed_over(store: SqlStore, tmp_path: Path) -> None:
    await change(store, 0, emergency_number="112")
    path = Path(str(store.database.writer.url.database))
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TRIGGER desk_settings_update")
        connection.execute("UPDATE desk_settings SET value = '{'")
    connection.close()
    with pytest.raises(StoreUnavailable):
        read_changes(f"sqlite:///{path}")


@pytest.mark.parametrize("query", [NEWEST, HISTORY, AS_OF])
def test_the_queries_are_spoken_by_another_database_too(query: object) -> None:
    assert "desk_settings" in str(query.compile(dialect=postgresql.dialect()))  # type: ignore[attr-defined]
