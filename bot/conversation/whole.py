"""Runs what must not be broken off half-way."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from bot.conversation.errors import Closed


class Whole:
    """Runs work to its end even when nobody waits for it any more, until it is shut."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()
        self._shut = False

    async def run[T](self, work: Coroutine[Any, Any, T]) -> T:
        """Return what the work returns; Closed, doing nothing, when this is shut."""
        if self._shut:
            work.close()
            raise Closed
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def shut(self) -> None:
        """Begin nothing more, and return when all that was begun has ended."""
        self._shut = True
        await asyncio.gather(*self._running, return_exceptions=True)
