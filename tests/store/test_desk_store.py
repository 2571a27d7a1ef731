"""The audit only grows, logins are unique however they are typed, and a manager always remains."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.conversation.message import new_id
from bot.store import SqlStore
from bot.store.desk import AuditEntry, DeskStore, LastManager, LoginTaken, Role, Staff, has_manager

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ENTRY = AuditEntry(None, "(command line)", "test", "0" * 32, "nothing")


def person(login: str, role: Role = "front_desk") -> Staff:
    return Staff(new_id(), login, login.title(), role, True, True, NOW, "digest", None)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE desk_audit SET login = 'somebody else'",
        "DELETE FROM desk_audit",
        "REPLACE INTO desk_audit (id, at, login, action) SELECT id, at, 'x', 'y' FROM desk_audit",
        "INSERT INTO desk_audit (id, at, login, action) SELECT id, at, 'x', 'y' FROM desk_audit"
        " WHERE true ON CONFLICT (id) DO UPDATE SET login = 'x'",
        "UPDATE desk_audit SET id = id + 100",
    ],
)
async def test_the_audit_takes_new_entries_only(store: SqlStore, statement: str) -> None:
    desk = DeskStore(store.database)
    await desk.record(ENTRY)
    with (
        pytest.raises(DBAPIError, match="takes new entries only"),
        store.database.writer.begin() as connection,
    ):
        connection.execute(text(statement))
    await desk.record(ENTRY)
    assert [one.entry for one in await desk.audited(None, 9)] == [ENTRY, ENTRY]


async def test_the_audit_is_read_page_by_page(store: SqlStore) -> None:
    desk = DeskStore(store.database)
    for number in range(5):
        await desk.record(AuditEntry(None, "anna", f"step {number}"))
    first = await desk.audited(None, 3)
    rest = await desk.audited(first[-1].id, 3)
    assert [one.entry.action[-1] for one in (*first, *rest)] == ["4", "3", "2", "1", "0"]


async def test_a_login_is_unique(store: SqlStore) -> None:
    desk = DeskStore(store.database)
    await desk.add(person("anna"), ENTRY)
    with pytest.raises(LoginTaken):
        await desk.add(person("anna"), ENTRY)
    # Whoever writes past the use cases can't make a second one by capitals either.
    with pytest.raises(IntegrityError), store.database.writer.begin() as connection:
        connection.execute(text("UPDATE desk_staff SET login = 'Anna'"))
    assert len(await desk.audited(None, 9)) == 1


@pytest.mark.parametrize("values", [{"active": False}, {"role": "front_desk"}])
async def test_two_managers_who_shut_each_other_out_leave_one(
    store: SqlStore, values: dict[str, object]
) -> None:
    desk = DeskStore(store.database)
    both = [person("anna", "manager"), person("ben", "manager")]
    for one in both:
        await desk.add(one, ENTRY)
    done = await asyncio.gather(
        *(desk.change(one.id, values, ENTRY) for one in both), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in done) == ["LastManager", "NoneType"]
    left = next(one for one, error in zip(both, done, strict=True) if error)
    with pytest.raises(LastManager):
        await desk.change(left.id, values, ENTRY)


async def test_whether_there_is_a_manager_is_seen_without_touching_the_database(
    store: SqlStore, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/candor.db"
    desk, anna = DeskStore(store.database), person("anna", "manager")
    assert not has_manager(url)
    await desk.add(anna, ENTRY)
    assert has_manager(url)
    missing = tmp_path / "missing.db"
    assert not has_manager(f"sqlite:///{missing}")
    assert not missing.exists()
    (tmp_path / "empty.db").touch()
    assert not has_manager(f"sqlite:///{tmp_path}/empty.db")
