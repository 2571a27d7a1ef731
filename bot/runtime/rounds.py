"""One set of settings in force after the other, without stopping what doesn't depend on them."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from datetime import UTC, datetime

from bot.conversation.mishap import mishap
from bot.knowledge import KnowledgeError
from bot.settings import Settings, SettingsError

log = logging.getLogger(__name__)

# Runs, within its block, all that depends on the settings.
Hold = Callable[[Settings], AbstractAsyncContextManager[None]]


class Rounds:
    """Holds settings in force until others are asked for; those that fail give way to the former.

    `load` reads and checks the settings anew; it runs in a thread.
    """

    def __init__(self, settings: Settings, load: Callable[[], Settings]) -> None:
        self.settings = settings
        self.since = datetime.now(UTC)
        self.failed: str | None = None
        self._load = load
        self._next = settings
        self._over = asyncio.Event()

    async def renew(self) -> str | None:
        """Have the settings as they are now put in force, in a moment; or return why not."""
        try:
            self._next = await asyncio.to_thread(self._load)
        except SettingsError as error:
            self.failed = str(error)
        except KnowledgeError as error:
            self.failed = "; ".join(error.problems)
        else:
            self.failed = None
            self._over.set()
        return self.failed

    async def run(self, hold: Hold, stop: asyncio.Event) -> None:
        """Hold the first settings, and then those that come, until told to stop.

        Raises what keeps the first settings, or the former ones for a second time, from working.
        """
        while not stop.is_set():
            wanted = self._next
            async with AsyncExitStack() as stack:
                try:
                    await stack.enter_async_context(hold(wanted))
                except Exception as error:
                    if wanted is self.settings:
                        raise
                    self._fall_back(wanted, error)
                    continue
                if wanted is not self.settings:
                    self.settings, self.since = wanted, datetime.now(UTC)
                    log.info("other settings are in force")
                await _either(stop, self._over)
                self._over.clear()

    def _fall_back(self, wanted: Settings, error: Exception) -> None:
        log.error("the new settings can't be put in force, the former stay: %s", mishap(error))
        self.failed = f"they did not start ({type(error).__name__})"
        if self._next is wanted:
            self._next = self.settings


async def _either(*events: asyncio.Event) -> None:
    waiting = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in waiting:
            one.cancel()
