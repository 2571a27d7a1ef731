"""Lets pieces of work that wait for the one writer share a transaction, and the wait for the disk.

Making a transaction durable costs more than what is in it; under load that would be everybody's
longest wait.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError

# The database works, and what it was told is wrong.
OURS = (IntegrityError, DataError, ProgrammingError)
# Whoever comes first waits for the others, so that they mustn't be many.
MOST = 16

type Work = Callable[[Connection], Any]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A piece of work, and who waits for what it returns."""

    work: Work
    outcome: asyncio.Future[Any]


@dataclass(slots=True)
class Together:
    """Does work in the order of asking, in a thread; what waits meanwhile is done together."""

    engine: Engine
    thread: Executor
    _waiting: deque[_Asked] = field(default_factory=deque)
    _task: asyncio.Task[None] | None = None

    async def run[T](self, work: Callable[[Connection], T]) -> T:
        """Return what the work returns once it is durable; what it raises undoes it alone.

        What keeps the transaction from becoming durable is raised for every work that is in it.
        """
        asked = _Asked(work, asyncio.get_running_loop().create_future())
        self._waiting.append(asked)
        if self._task is None:
            self._task = asyncio.create_task(self._go_on())
        result: T = await asked.outcome
        return result

    async def _go_on(self) -> None:
        try:
            while self._waiting:
                some = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
                await self._do(some)
        finally:
            self._task = None

    async def _do(self, some: Sequence[_Asked]) -> None:
        works = [asked.work for asked in some]
        loop = asyncio.get_running_loop()
        try:
            outcomes = await loop.run_in_executor(self.thread, _in_one, self.engine, works)
        except Exception as error:
            outcomes = [error] * len(some)
        for asked, outcome in zip(some, outcomes, strict=True):
            if asked.outcome.cancelled():
                continue
            if isinstance(outcome, Exception):
                asked.outcome.set_exception(outcome)
            else:
                asked.outcome.set_result(outcome)


def _in_one(engine: Engine, works: Sequence[Work]) -> list[Any]:
    """Do works in one transaction, each undone when it raises; return the outcomes or errors."""
    with engine.begin() as connection:
        if len(works) == 1:
            return [works[0](connection)]
        return [_by_itself(connection, work) for work in works]


def _by_itself(connection: Connection, work: Work) -> Any:  # noqa: ANN401
    try:
        with connection.begin_nested():
            return work(connection)
    except Exception as error:
        if isinstance(error, DBAPIError) and not isinstance(error, OURS):
            raise  # The database has trouble: what was done before in here may be undone as well.
        return error
