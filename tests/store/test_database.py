"""The database is made, set up and brought up to date by itself; what is wrong with it is named."""

import sqlite3
import stat
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from bot.conversation import Closed, Message, StoreUnavailable
from bot.store import SqlStore, open_store
from bot.store.tables import metadata
from tests.databases import older, said
from tests.staff import say_in

AT = "'2026-01-01 00:00:00.000000'"
OLDER_TURN = f"""
INSERT INTO conversations (id, channel, holder, last_seq, started_at, changed_at)
    VALUES ('c', 'widget', 'bot', 3, {AT}, {AT});
INSERT INTO turns (id, conversation_id, seq, key, restarts, kept_at, finished_at)
    VALUES ('t', 'c', 1, 'k1', 0, {AT}, {AT});
INSERT INTO turns (id, conversation_id, seq, asked, restarts, kept_at)
    VALUES ('u', 'c', 3, 'ask:it', 0, {AT});
INSERT INTO messages (conversation_id, seq, turn_id, author, id, kind, text, extras, at)
    VALUES ('c', 1, 't', 'patient', 'm1', 'patient', 'hello', '{{}}', {AT}),
           ('c', 2, 't', 'assistant', 'm2', 'smalltalk', 'Hi.', '{{}}', {AT}),
           ('c', 3, 'u', 'patient', 'm3', 'patient', 'It?', '{{}}', {AT});
"""  # noqa: S608


async def test_the_migrations_lead_to_the_tables(store: SqlStore) -> None:
    def differences(connection: Connection) -> object:
        return compare_metadata(MigrationContext.configure(connection), metadata)

    with store.database.writer.connect() as connection:
        assert differences(connection) == []


async def test_a_message_sent_before_messages_had_keys_is_still_known_by_its_key(
    tmp_path: Path,
) -> None:
    path = tmp_path / "candor.db"
    older(path, "0003")
    with sqlite3.connect(path) as connection:
        connection.executescript(OLDER_TURN)
    connection.close()
    store = await open_store(f"sqlite:///{path}")
    again = await store.keep("c", said("hello", "k1"))
    assert (again.turn_id, again.new) == ("t", False)
    entries = await store.entries("c")
    assert [(one.key, one.message.text) for one in entries] == [
        ("k1", "hello"),
        (None, "Hi."),
        (None, "It?"),
    ]
    waiting = await store.next_turn("c")
    assert waiting is not None
    assert (waiting.id, waiting.text, waiting.note) == ("u", "ask:it", None)
    await store.forget("c")
    await store.close()


async def test_what_was_said_before_staff_had_names_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "candor.db"
    older(path, "0002")
    with sqlite3.connect(path) as connection:
        at = "2026-01-01 00:00:00.000000"
        connection.execute(
            "INSERT INTO conversations (id, channel, holder, last_seq, started_at, changed_at)"
            " VALUES ('c', 'widget', 'staff', 1, ?, ?)",
            (at, at),
        )
        connection.execute(
            "INSERT INTO messages (conversation_id, seq, author, id, kind, text, extras, at)"
            " VALUES ('c', 1, 'patient', 'm', 'patient', 'hello', '{}', ?)",
            (at,),
        )
    connection.close()
    store = await open_store(f"sqlite:///{path}")
    assert (await store.conversation("c")).holder == "waiting"
    await say_in(store, "c", Message("n", "staff", "Hello."))
    entries = await store.entries("c")
    assert [(entry.name, entry.message.text) for entry in entries] == [
        (None, "hello"),
        ("Ada", "Hello."),
    ]
    await store.close()


async def test_the_file_is_private_and_survives_a_power_cut(tmp_path: Path) -> None:
    store = await open_store(f"sqlite:///{tmp_path}/candor.db")
    assert stat.S_IMODE((tmp_path / "candor.db").stat().st_mode) == 0o600
    pragmas = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    for engine in (store.database.writer, store.database.reader):
        with engine.connect() as connection:
            for name, value in pragmas.items():
                assert connection.scalar(text(f"PRAGMA {name}")) == value
    await store.close()


async def test_a_missing_folder_is_made_and_an_old_database_is_kept(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/50% new/deep/candor.db"
    first = await open_store(url)
    conversation = await first.start("widget")
    await first.close()
    second = await open_store(url)
    assert (await second.conversation(conversation)).channel == "widget"
    await second.check()
    await second.close()
    assert [path.name for path in (tmp_path / "50% new/deep").iterdir()] == ["candor.db"]


async def test_a_store_in_memory_works(tmp_path: Path) -> None:
    store = await open_store("sqlite://")
    assert (await store.conversation(await store.start("widget"))).holder == "bot"
    await store.close()


async def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = await open_store(f"sqlite:///{tmp_path}/candor.db")
    await store.close()
    with pytest.raises(Closed):
        await store.check()


def _newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("INSERT INTO alembic_version VALUES ('9999')")
    connection.close()


def _no_database(path: Path) -> None:
    path.write_text("This is not a database, but a long enough text to be looked at. " * 20)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_newer, "made by a newer version"),
        (_no_database, "file is not a database"),
        (Path.mkdir, "unable to open database file"),
    ],
)
async def test_a_database_that_cannot_be_used_is_named(
    tmp_path: Path, make: object, words: str
) -> None:
    make(tmp_path / "candor.db")  # type: ignore[operator]
    with pytest.raises(StoreUnavailable, match=words) as raised:
        await open_store(f"sqlite:///{tmp_path}/candor.db")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("url", ["nonsense", "oracle+magic://db/candor"])
async def test_an_address_that_cannot_be_used_is_named(url: str) -> None:
    with pytest.raises(StoreUnavailable, match="address can't be used"):
        await open_store(url)
