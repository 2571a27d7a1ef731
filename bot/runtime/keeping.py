"""Deletes conversations whose time is up: at the start, then again and again."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

from bot.conversation.mishap import mishap

log = logging.getLogger(__name__)

HOUR = 3600.0


class Forgetting(Protocol):
    """What can delete conversations."""

    async def forget_older(self, before: datetime) -> int:
        """Delete every conversation without a message since `before`; return how many."""
        ...


def _now() -> datetime:
    return datetime.now(UTC)


async def keep_only(
    conversations: Forgetting,
    days: int,
    *,
    every: float = HOUR,
    now: Callable[[], datetime] = _now,
) -> None:
    """Delete what had no message for `days`, at once and every so many seconds, until cancelled.

    Never raises: what fails is logged and tried again the next time.
    """
    while True:
        try:
            deleted = await conversations.forget_older(now() - timedelta(days=days))
        except Exception as error:
            # Whatever it is: patients were told that their conversation is deleted in time.
            log.error("old conversations can't be deleted, trying again later: %s", mishap(error))
        else:
            if deleted:
                log.info("old conversations deleted: %d", deleted)
        await asyncio.sleep(every)
