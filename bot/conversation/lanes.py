"""Works on many names at once and on each name once at a time."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.conversation.mishap import mishap

log = logging.getLogger(__name__)

Work = Callable[[str], Awaitable[bool]]


class Lanes:
    """Runs `work(name)` until it returns False, `places` of them at once, longest waiting first.

    An exception from the work is logged, and the work tried again after `pause` seconds.
    """

    def __init__(self, work: Work, *, places: int, pause: float) -> None:
        self._work = work
        self._places = asyncio.Semaphore(places)
        self._pause = pause
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._woken: set[str] = set()
        self._closing = asyncio.Event()

    def wake(self, name: str) -> None:
        """See to it that the name is worked on after this moment."""
        self._woken.add(name)
        if name not in self._tasks and not self._closing.is_set():
            self._tasks[name] = asyncio.create_task(self._run(name))

    async def close(self, grace: float) -> None:
        """Begin nothing more, and give what is being done `grace` seconds to end."""
        self._closing.set()
        tasks = set(self._tasks.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, name: str) -> None:
        try:
            while await self._step(name):
                pass
        finally:
            del self._tasks[name]
            self._woken.discard(name)

    async def _step(self, name: str) -> bool:
        """Do the next piece of work; False when there is none and nobody woke us meanwhile."""
        try:
            async with self._places:
                if self._closing.is_set():
                    return False
                self._woken.discard(name)
                return await self._work(name) or name in self._woken
        except Exception as error:
            log.error("work stopped, trying again in %s s: %s", self._pause, mishap(error))
        await self._rest()
        return True

    async def _rest(self) -> None:
        """Wait for the pause to pass or for the end of everything."""
        try:
            async with asyncio.timeout(self._pause):
                await self._closing.wait()
        except TimeoutError:
            pass
