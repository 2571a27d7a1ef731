"""Sets SQLite up: one writer, several readers, nothing lost when the power fails."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from bot.conversation.errors import StoreUnavailable

BUSY_SECONDS = 15
READERS = 4
TRIES, PAUSE_SECONDS = 5, 0.02


def sqlite_engines(url: URL) -> tuple[Engine, Engine]:
    """Return the engines for writing and for reading; StoreUnavailable names a bad file.

    All writing goes through one connection, in order of asking: SQLite has one writer anyway, and
    waiting for our own connection is fairer than waiting for its lock.
    """
    writer = _engine(url, connections=1)
    event.listen(writer, "begin", _begin_at_once)
    if url.database in (None, "", ":memory:"):
        return writer, writer
    _prepare(Path(url.database))
    return writer, _engine(url, connections=READERS)


def empty_journal(writer: Engine) -> None:
    """Bring the journal's content into the database and empty it: it holds what was deleted, too.

    While somebody reads it can't be emptied; then the next deletion sees to it.
    """
    connection = writer.raw_connection()
    try:
        for _ in range(TRIES):
            cursor = connection.cursor()
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            [busy, *_] = cursor.fetchone() or [0]
            cursor.close()
            if not busy:
                return
            time.sleep(PAUSE_SECONDS)
    finally:
        connection.close()


def _prepare(path: Path) -> None:
    """Make the file, for us alone, when it is missing, and see that it can be used."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        with closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
            connection.execute("PRAGMA schema_version")
    except (OSError, sqlite3.Error) as error:
        raise StoreUnavailable(f"the database {path} can't be used: {error}") from error


def _engine(url: URL, connections: int) -> Engine:
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        # We begin transactions ourselves, so that they are what they say.
        connect_args={
            "isolation_level": None,
            "timeout": BUSY_SECONDS,
            "check_same_thread": False,  # one thread at a time has it, but not always the same
        },
        hide_parameters=True,
    )
    event.listen(engine, "connect", _set_up)
    return engine


def _set_up(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    # What is deleted is overwritten, not only no longer listed.
    pragmas = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_at_once(connection: Connection) -> None:
    # A transaction that reads before it writes could otherwise fail half-way (SQLITE_BUSY).
    connection.exec_driver_sql("BEGIN IMMEDIATE")
