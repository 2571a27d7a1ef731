"""Collects questions for the front desk while the site is served."""

import asyncio
import logging

from bot.conversation.mishap import mishap
from bot.desk.questions.collecting import Collector, Understand, guess

log = logging.getLogger(__name__)

MINUTE = 60.0


async def keep_collecting(
    collector: Collector, understand: Understand, *, every: float = MINUTE
) -> None:
    """Collect what is new, and ask what it may mean, every so many seconds until cancelled.

    Never raises: what fails is logged and tried again the next time.
    """
    while True:
        try:
            found = await collector.collect()
            await guess(collector.database, understand)
        except Exception as error:
            # The site goes on without it, and what was said waits to be gone through.
            log.error("questions can't be collected, trying again later: %s", mishap(error))
        else:
            if found:
                log.info("questions collected: %d", found)
        await asyncio.sleep(every)
