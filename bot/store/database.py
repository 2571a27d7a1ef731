"""The connection to the database, and what of its errors others may see."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, Executable, Row, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.conversation.errors import StoreUnavailable
from bot.conversation.whole import Whole
from bot.store.migrate import migrate
from bot.store.sqlite import READERS, empty_journal, sqlite_engines
from bot.store.together import OURS, Together

CONNECTIONS = 5  # of a database that is a server


@dataclass(frozen=True, slots=True)
class Database:
    """Two ways to the same database: transactions that write, and single queries.

    A piece of work runs as a whole in a thread of the database's own: handing each statement over
    by itself costs more than SQLite takes for it. Whoever goes away half-way breaks nothing off.
    """

    writer: Engine
    reader: Engine
    writing: Executor
    reading: Executor
    together: Together | None = None  # where there is one writer only
    _whole: Whole = field(default_factory=Whole)

    async def write[T](self, work: Callable[[Connection], T]) -> T:
        """Do the work in one transaction, undone when it raises; StoreUnavailable or Closed."""
        if self.together is None:
            return await self._whole.run(_run(self.writing, lambda: self._write(work)))
        with _named_errors():
            return await self._whole.run(self.together.run(work))

    async def read(self, query: Executable, **values: object) -> Sequence[Row[Any]]:
        """Return the rows of a query with these values; StoreUnavailable or Closed."""
        return await self._whole.run(_run(self.reading, lambda: self._read(query, values)))

    async def examine[T](self, look: Callable[[Connection], T]) -> T:
        """Return what a look at several tables gives, without holding up whoever writes.

        It changes nothing, and may see what is written between two of its queries.
        """
        return await self._whole.run(_run(self.reading, lambda: self._examine(look)))

    async def scrub(self) -> None:
        """Take out of the database's files what was deleted; a server sees to that itself."""
        if self.writer.dialect.name == "sqlite":
            await self._whole.run(_run(self.writing, lambda: empty_journal(self.writer)))

    async def close(self) -> None:
        """Close every connection when its work is done, the writer's last: it tidies up."""
        await self._whole.shut()
        for executor, engine in ((self.reading, self.reader), (self.writing, self.writer)):
            await asyncio.get_running_loop().run_in_executor(executor, engine.dispose)
            executor.shutdown()

    def _write[T](self, work: Callable[[Connection], T]) -> T:
        with _named_errors(), self.writer.begin() as connection:
            return work(connection)

    def _examine[T](self, look: Callable[[Connection], T]) -> T:
        with _named_errors(), self.reader.connect() as connection:
            return look(connection)

    def _read(self, query: Executable, values: Mapping[str, object]) -> Sequence[Row[Any]]:
        with _named_errors(), self.reader.connect() as connection:
            return connection.execute(query, values).all()


async def open_database(url: str) -> Database:
    """Connect, and bring the tables up to date; StoreUnavailable says what is wrong."""
    with _named_errors():
        database = _connect(url)
    try:
        await database.write(migrate)
    except BaseException:
        await database.close()
        raise
    return database


def _connect(url: str) -> Database:
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            writer, reader = sqlite_engines(parsed)
            thread = _threads(1)
            return Database(writer, reader, thread, _threads(READERS), Together(writer, thread))
        engine = create_engine(
            parsed,
            hide_parameters=True,
            pool_pre_ping=True,
            pool_size=2 * CONNECTIONS,
        )
    except (SQLAlchemyError, ImportError) as error:
        raise StoreUnavailable(f"the database's address can't be used: {error}") from error
    reader = engine.execution_options(isolation_level="AUTOCOMMIT")
    return Database(engine, reader, _threads(CONNECTIONS), _threads(CONNECTIONS))


def _threads(count: int) -> Executor:
    return ThreadPoolExecutor(count, thread_name_prefix="database")


async def _run[T](executor: Executor, work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(executor, work)


@contextmanager
def _named_errors() -> Iterator[None]:
    try:
        yield
    except OURS:
        raise
    except (DBAPIError, PoolTimeout, OSError) as error:
        cause = getattr(error, "orig", None) or error
        words = next(iter(str(cause).splitlines()), type(cause).__name__)
        raise StoreUnavailable(f"the database can't be used: {words}") from error
