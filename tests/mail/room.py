"""A store in which something is urgent, who sends e-mail about it, and where that arrives."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.conversation import Message
from bot.conversation.message import new_id
from bot.desk.mail import Letterhead, MailServer, Postman
from bot.knowledge import Texts
from bot.runtime.texts import fixed_texts
from bot.store import SqlStore, open_store
from bot.store.desk.mail_occasions import Calendar
from bot.store.desk.mails import mail_problem
from tests.databases import at_once, said, url_of
from tests.mail.post_office import PostOffice, post_office
from tests.web.clinic_site import site_settings

CLOSED = Calendar(lambda since, until: timedelta(), lambda now: None)
OPEN = Calendar(lambda since, until: until - since, lambda now: now)
SECRET_WORDS = "my chest hurts, says Pat Invented"


@dataclass
class Clock:
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **time: float) -> None:
        self.at += timedelta(**time)


def clinic_texts() -> Texts:
    return fixed_texts(site_settings("https://ask.clinic.example"))


@dataclass
class Room:
    """A store in which something is urgent, who sends the e-mail, and where it arrives."""

    store: SqlStore
    office: PostOffice
    clock: Clock
    postman: Postman
    conversation: str

    async def problem(self) -> str | None:
        return await mail_problem(self.store.database, self.clock())

    async def alarm(self) -> None:
        reply = Message(new_id(), "urgent", "Ring 999 now.")
        words = said(SECRET_WORDS)
        await self.store.keep(self.conversation, words, settle=at_once(reply))


@asynccontextmanager
async def a_room(folder: Path) -> AsyncIterator[Room]:
    store = await open_store(url_of(folder))
    async with post_office() as office:
        head = Letterhead(
            "Aldermere", "a@clinic.example", "d@clinic.example", "https://ask.x", clinic_texts()
        )
        server, clock = MailServer("127.0.0.1", office.port, "none", seconds=5.0), Clock()
        postman = Postman(store.database, server, head, CLOSED, timedelta(minutes=10), clock)
        room = Room(store, office, clock, postman, await store.start("widget"))
        await room.alarm()
        clock.pass_by(seconds=5)
        yield room
    await room.store.close()
