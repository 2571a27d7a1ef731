"""What is done at the start, then again and again: what is due is deleted, who waits is told."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from bot.conversation import Conversations
from bot.conversation.mishap import mishap
from bot.conversation.retention import KeepDays

log = logging.getLogger(__name__)

HOUR = 3600.0
SOON = 5.0


class Forgetting(Protocol):
    """What can delete conversations."""

    async def forget_older(self, before: datetime) -> int:
        """Delete every conversation without a message since `before`; return how many."""
        ...


@dataclass(frozen=True, slots=True)
class ByChannel:
    """Conversations of which each channel has a time of its own; the website's is the usual one."""

    conversations: Conversations
    keep: KeepDays

    async def forget_older(self, before: datetime) -> int:
        """Delete what is over by the website's moment, and by each channel's own beside it."""
        own: Mapping[str, datetime] = {
            channel: before - timedelta(days=days - self.keep.widget)
            for channel, days in self.keep.by_channel.items()
        }
        return await self.conversations.forget_older(before, own)


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


class LookingAfter(Protocol):
    """What can look after conversations that staff have or are waited for in."""

    async def look_after(self) -> int:
        """End leases that have run out and tell those who wait for long; return how many."""
        ...


async def look_after(conversations: LookingAfter, *, every: float = SOON) -> None:
    """Look after conversations at once and every so many seconds, until cancelled.

    Never raises: nobody must be left in silence because of one failure.
    """
    while True:
        try:
            await conversations.look_after()
        except Exception as error:
            log.error("those who wait can't be told, trying again: %s", mishap(error))
        await asyncio.sleep(every)
