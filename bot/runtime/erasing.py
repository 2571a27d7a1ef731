"""Who was erased stays erased: looked after at the start, and noted beside the database."""

import asyncio
import logging

from bot.conversation.mishap import mishap
from bot.store.database import Database
from bot.store.rights import Ledger

log = logging.getLogger(__name__)

HOUR = 3600.0


async def erase_again(database: Database) -> None:
    """Erase whoever a restored backup brought back, before anybody is answered.

    Never raises for its own faults: patients must get answers all the same.
    """
    try:
        gone = await Ledger(database).erase_again()
    except Exception as error:
        log.error("who was erased can't be looked up; `candor erased apply`: %s", mishap(error))
    else:
        if gone:
            log.warning("erased again after a backup was restored: %d", gone)


async def keep_noted(ledger: Ledger, *, every: float = HOUR) -> None:
    """Note who was erased, at once and every so many seconds, until cancelled; never raises."""
    while True:
        try:
            await ledger.note()
        except Exception as error:
            log.error("erasures can't be noted beside the database: %s", mishap(error))
        await asyncio.sleep(every)
