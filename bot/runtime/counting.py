"""Brings the clinic's figures up to date: at the start, then again and again."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.conversation.mishap import mishap

log = logging.getLogger(__name__)

MINUTE = 60.0


async def keep_counting(count: Callable[[], Awaitable[int]], *, every: float = MINUTE) -> None:
    """Count at once and every so many seconds, until cancelled.

    Never raises: what fails is logged and tried again the next time.
    """
    while True:
        try:
            await count()
        except Exception as error:
            # Whatever it is, nothing is lost: what isn't counted is found again.
            log.error("the figures can't be brought up to date, trying again: %s", mishap(error))
        await asyncio.sleep(every)
