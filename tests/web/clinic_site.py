"""The whole site on a real database, with an assistant that follows a small script."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

from aiohttp import web
from argon2 import PasswordHasher

from actions.compose import answer_message, fixed_message
from actions.context import Context
from bot.conversation import Conversations, Memory, Message, Reply, UnknownConversation
from bot.conversation.first_reply import FirstReply
from bot.conversation.message import new_id
from bot.conversation.payload import read_ask
from bot.conversation.red_flags import load_red_flags, red_flag_check
from bot.conversation.signs import RedFlags
from bot.conversation.tokens import sign_ids
from bot.desk.asking import Asking
from bot.desk.gate import Gate
from bot.desk.passwords import Passwords
from bot.knowledge import Knowledge, Texts, load_knowledge
from bot.knowledge.finding import Index, make_index
from bot.knowledge.wordings import read_wordings
from bot.runtime.front_desk import Opening, front_desk
from bot.runtime.office import ClinicOffice
from bot.runtime.rounds import Rounds
from bot.runtime.texts import fixed_texts
from bot.settings import Settings, load_settings
from bot.store import SqlStore, open_store
from bot.store.bookings import click
from bot.store.desk import DeskStore
from bot.web import Limits, create_app
from bot.web.site import SITE
from tests.compiled import COMPILED
from tests.databases import url_of

ROOT = Path(__file__).parents[2]


# A click on a booking link of this conversation can't be counted.
BROKEN = "0" * 32


def bearer(token: str) -> dict[str, str]:
    """The header that opens a conversation."""
    return {"Authorization": f"Bearer {token}"}


@cache
def knowledge() -> Knowledge:
    return load_knowledge(ROOT)


@cache
def red_flags() -> RedFlags:
    return load_red_flags(ROOT / "data" / "redflags.yml")


@cache
def index() -> Index:
    texts = fixed_texts(site_settings("http://clinic.test"))
    return make_index(knowledge(), texts, read_wordings(ROOT))


def quick_passwords() -> Passwords:
    """Return passwords that cost nothing to check, and that nobody should have."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@cache
def site_settings(public_url: str, websites: str = "") -> Settings:
    secrets = {"CANDOR_SECRET": "s" * 40, "CANDOR_ENGINE_TOKEN": "t" * 40}
    urls = {"CANDOR_PUBLIC_URL": public_url, "CANDOR_WEBSITES": websites}
    return load_settings(ROOT, secrets | urls)


@cache
def site_texts(public_url: str, websites: str = "") -> Texts:
    return fixed_texts(site_settings(public_url, websites))


@dataclass
class ScriptedAssistant:
    """Knows a few words; waits on `pause` before it answers "slow" ones."""

    context: Context
    settings: Settings
    pause: asyncio.Event = field(default_factory=asyncio.Event)
    conversations: set[str] = field(default_factory=set)
    waiting: int = 0  # of those who ask, for `pause`

    async def alarm(self, text: str) -> Message | None:
        context = self.context
        return fixed_message(context, "urgent", "urgent.other") if "blue leg" in text else None

    async def harmless(self, text: str) -> bool:
        return False

    async def read_ahead(self, text: str) -> None:
        """Do nothing before the turn."""

    async def reply(self, conversation_id: str, text: str, memory: Memory) -> Reply:
        def booking_url(message_id: str) -> str:
            token = sign_ids("s" * 40, "booking", conversation_id, message_id)
            return f"{self.settings.public_url}/book/{token}"

        context = Context(
            self.context.knowledge, self.context.texts, self.context.public_url, booking_url
        )
        self.conversations.add(conversation_id)
        if "slow" in text:
            self.waiting += 1
            try:
                await self.pause.wait()
            finally:
                self.waiting -= 1
        return Reply([self._message(context, text)])

    def _message(self, context: Context, text: str) -> Message:
        answers = context.knowledge.answers
        if ask := read_ask(text):
            return answer_message(context, answers[ask.answer], ask.joint)
        if "permanent" in text:
            return answer_message(context, answers["is_it_permanent"], None)
        if "knee" in text:
            return answer_message(context, answers["when_will_it_work"], "knee")
        if "breathe" in text:
            return fixed_message(context, "urgent", "urgent.clot_or_heart")
        if text == "person":
            return fixed_message(context, "handoff", "service.talk_to_person")
        return fixed_message(context, "decline", "decline.off_topic")


@dataclass
class ClinicSite:
    """A built site, and what a test wants to look at behind it."""

    app: web.Application
    settings: Settings
    conversations: Conversations
    assistant: ScriptedAssistant
    clicks: list[str]
    desk: dict[str, Any]
    store: SqlStore
    gate: Gate


def unavailable() -> Message:
    return Message(new_id(), "notice", "I can't answer just now.")


async def _clicked(
    store: SqlStore,
    clicks: list[str],
    conversation_id: str,
    message_id: str,
    reference: str | None,
) -> None:
    """Count a click as the application does, and note it for the test."""
    if conversation_id == BROKEN:
        raise OSError("the disk is full")
    press = partial(click, of=conversation_id, message_id=message_id, reference=reference)
    with suppress(UnknownConversation):
        await store.database.write(press)
    clicks.append(f"{conversation_id}/{message_id}")


@asynccontextmanager
async def clinic_site(
    folder: Path,
    public_url: str,
    *,
    checks: dict[str, Callable[[], Awaitable[str | None]]] | None = None,
    limits: Limits | None = None,
    websites: str = "",
    change: Callable[[Settings], Settings] = lambda settings: settings,
) -> AsyncIterator[ClinicSite]:
    usual = site_settings(public_url, websites)
    settings = change(usual)
    texts = site_texts(public_url, websites) if settings is usual else fixed_texts(settings)
    context = Context(knowledge(), texts, public_url, lambda _: "")
    assistant = ScriptedAssistant(context, settings)
    store = await open_store(url_of(folder))
    check = red_flag_check(red_flags(), texts)
    # Open whenever the tests run.
    opening = Opening(settings.clinic, lambda: datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
    conversations = Conversations(
        store, assistant, check, unavailable, desk=front_desk(opening, texts)
    )
    clicks: list[str] = []
    desk: dict[str, Any] = {"open": True, "until": "2100-01-01T18:00:00+00:00"}

    gate = Gate(DeskStore(store.database), quick_passwords(), settings.secret)

    app = create_app(
        settings,
        conversations,
        knowledge(),
        texts,
        checks=checks or {},
        clicked=partial(_clicked, store, clicks),
        limits=limits,
        desk=lambda: desk,
        gate=gate,
        database=store.database,
        office=ClinicOffice(settings, Rounds(settings, lambda: settings)),
        asking=Asking(index(), FirstReply(assistant, check)),
    )
    app[SITE].templates.bytecode_cache = COMPILED
    try:
        yield ClinicSite(app, settings, conversations, assistant, clicks, desk, store, gate)
    finally:
        await conversations.close()
        await store.close()
