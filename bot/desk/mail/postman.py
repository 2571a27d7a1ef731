"""Looks again and again what the desk is to be told, keeps it, and sends what is kept."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.conversation.mishap import mishap
from bot.desk.mail.letter import Letterhead, make_letter
from bot.desk.mail.server import MailServer, NotSent, send
from bot.store.database import Database
from bot.store.desk import mails
from bot.store.desk.mail_occasions import Calendar, decide
from bot.store.desk.mails import Mail

log = logging.getLogger(__name__)

EVERY = 15.0  # seconds between two looks when nothing is heard
REST = 1.0  # between two looks, however much is heard


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Postman:
    """Sends e-mail to the desk; `patience` is how long somebody may wait in opening hours."""

    database: Database
    server: MailServer
    head: Letterhead
    calendar: Calendar
    patience: timedelta
    now: Callable[[], datetime] = _now
    _heard: asyncio.Event = field(default_factory=asyncio.Event)
    # What the server has taken, while the database can't be told.
    _gone: set[str] = field(default_factory=set)

    def hear(self, _name: str) -> None:
        """Look soon: there is news of something. For `Conversations.listen`."""
        self._heard.set()

    async def work(self, every: float = EVERY, rest: float = REST) -> None:
        """Look at once, then whenever something is heard and every so many seconds.

        Goes on until cancelled; what fails is logged and tried again.
        """
        while True:
            self._heard.clear()
            try:
                await self.look()
            except Exception as error:
                # Whatever it is: who waits must still be told of when it is over.
                log.error("e-mail to the desk can't be looked after: %s", mishap(error))
            await asyncio.sleep(rest)
            try:
                await asyncio.wait_for(self._heard.wait(), max(0.0, every - rest))
            except TimeoutError:
                continue

    async def look(self) -> None:
        """Keep what is due, and try to send what is kept; StoreUnavailable or Closed."""
        ask = partial(decide, calendar=self.calendar, patience=self.patience, now=self.now())
        await self.database.write(ask)
        for mail in await mails.due(self.database, self.now()):
            if not await self._send(mail):
                break  # The others would fare no better now.

    async def _send(self, mail: Mail) -> bool:
        try:
            if mail.id not in self._gone:
                await send(self.server, make_letter(self.head, mail))
        except NotSent as error:
            given_up = await self.database.write(
                partial(mails.not_sent, mail=mail, problem=str(error), now=self.now())
            )
            what = "is given up" if given_up else "is tried again"
            level = logging.ERROR if given_up else logging.WARNING
            log.log(level, "an e-mail to the desk (%s) %s: %s", mail.kind, what, error)
            return False
        self._gone.add(mail.id)
        await self.database.write(partial(mails.sent, mail_id=mail.id, now=self.now()))
        self._gone.discard(mail.id)
        return True
