"""The connection to the database, and what of its errors others may see."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Executable, Row
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    ProgrammingError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.conversation.errors import StoreUnavailable
from bot.conversation.whole import Whole
from bot.store.migrate import migrate
from bot.store.sqlite import sqlite_engines


@dataclass(frozen=True, slots=True)
class Database:
    """Two ways to the same database: transactions that write, and single queries.

    Whoever goes away half-way doesn't break either off: a connection that is left in the middle
    of its work would keep SQLite locked.
    """

    writer: AsyncEngine
    reader: AsyncEngine
    _whole: Whole = field(default_factory=Whole)

    async def write[T](self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """Do the work in one transaction, undone when it raises; StoreUnavailable or Closed."""
        return await self._whole.run(self._write(work))

    async def read(self, query: Executable) -> Sequence[Row[Any]]:
        """Return the rows of a query; StoreUnavailable or Closed."""
        return await self._whole.run(self._read(query))

    async def close(self) -> None:
        """Close every connection when its work is done, the writer's last: it tidies up."""
        await self._whole.shut()
        await self.reader.dispose()
        await self.writer.dispose()

    async def _write[T](self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        with _named_errors():
            async with self.writer.begin() as connection:
                return await work(connection)

    async def _read(self, query: Executable) -> Sequence[Row[Any]]:
        with _named_errors():
            async with self.reader.connect() as connection:
                return (await connection.execute(query)).all()


async def open_database(url: str) -> Database:
    """Connect, and bring the tables up to date; StoreUnavailable says what is wrong."""
    with _named_errors():
        database = _connect(url)
    try:
        await database.write(lambda connection: connection.run_sync(migrate))
    except BaseException:
        await database.close()
        raise
    return database


def _connect(url: str) -> Database:
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            return Database(*sqlite_engines(parsed))
        engine = create_async_engine(parsed, hide_parameters=True, pool_pre_ping=True)
    except (SQLAlchemyError, ImportError) as error:
        raise StoreUnavailable(f"the database's address can't be used: {error}") from error
    return Database(engine, engine.execution_options(isolation_level="AUTOCOMMIT"))


@contextmanager
def _named_errors() -> Iterator[None]:
    try:
        yield
    except (IntegrityError, DataError, ProgrammingError):
        raise  # The database works; what it was told is wrong.
    except (DBAPIError, PoolTimeout, OSError) as error:
        cause = getattr(error, "orig", None) or error
        words = next(iter(str(cause).splitlines()), type(cause).__name__)
        raise StoreUnavailable(f"the database can't be used: {words}") from error
