"""The whole application with its WhatsApp channel, on a real database and a Graph of our own.

The assistant follows a small script; everything else is what the clinic runs.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from aiohttp import web
from aiohttp.test_utils import TestServer

from actions.context import Context
from bot.channels.whatsapp.channel import Account, Surroundings, WhatsApp, running_whatsapp
from bot.channels.whatsapp.commands import Command, load_commands
from bot.channels.whatsapp.inbox import Pace
from bot.channels.whatsapp.patience import Patience
from bot.conversation import Conversations, Entry, Message
from bot.conversation.first_reply import FirstReply
from bot.conversation.red_flags import red_flag_check
from bot.desk.asking import Asking
from bot.desk.gate import Gate
from bot.settings import Settings
from bot.store import SqlStore, open_store
from bot.store.desk import DeskStore
from bot.store.whatsapp import Contact, WhatsAppStore
from bot.web import create_app
from bot.web.metrics import Metrics
from bot.web.site import SITE
from tests.compiled import COMPILED
from tests.databases import url_of
from tests.web.clinic_site import (
    ROOT,
    ScriptedAssistant,
    index,
    knowledge,
    quick_passwords,
    red_flags,
    site_settings,
    site_texts,
    unavailable,
)
from tests.whatsapp.account import NUMBER_ID, SECRET, TOKEN, VERIFY_TOKEN
from tests.whatsapp.graph_server import GraphServer, graph_server
from tests.whatsapp.phones import Crowd, Phone, crowd

PUBLIC = "https://clinic.example"
QUICK = Pace(quiet=0.05, most=0.3)
SHORT = Patience(lease=0.5, news=0.4, first_pause=0.02, longest_pause=0.2, alert_pause=0.3)


@cache
def commands() -> dict[str, Command]:
    return dict(load_commands(ROOT / "data" / "commands.yml"))


@dataclass
class Clinic:
    """A running channel, and what a test wants to look at around it."""

    channel: WhatsApp
    conversations: Conversations
    assistant: ScriptedAssistant
    store: SqlStore
    kept: WhatsAppStore
    graph: GraphServer
    patients: Crowd
    webhook: str
    metrics: Metrics
    app: web.Application
    gate: Gate

    async def contact(self, phone: Phone) -> Contact | None:
        """What is kept of a patient."""
        contacts = await self._contacts()
        for contact in contacts:
            if phone.user_id == contact.user_id if phone.user_id else phone.number == contact.phone:
                return contact
        return None

    async def transcript(self, phone: Phone) -> list[Entry]:
        """The patient's conversation."""
        contact = await self.contact(phone)
        assert contact is not None
        assert contact.conversation_id is not None
        return await self.conversations.transcript(contact.conversation_id)

    async def lines(self, phone: Phone, count: int, seconds: float = 5) -> list[Entry]:
        """Wait for so many lines in the patient's conversation and return them."""
        async with asyncio.timeout(seconds):
            while True:
                contact = await self.contact(phone)
                known = contact.conversation_id if contact else None
                lines = await self.conversations.transcript(known) if known else []
                if len(lines) >= count:
                    return lines
                await asyncio.sleep(0.01)

    async def said_to(self, phone: Phone, count: int, seconds: float = 5) -> list[str]:
        """Wait for so many messages to a patient and return their words."""
        person = phone.number or phone.user_id or ""
        async with asyncio.timeout(seconds):
            while len(self.graph.to(person)) < count:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        return [words_of(one.payload) for one in self.graph.to(person)]

    async def quiet(self, seconds: float = 0.5) -> None:
        """Wait until nothing is under way, nor put off for less than so many seconds.

        What hangs is waited for four times as long: a busy machine takes its time.
        """
        loop, still = asyncio.get_running_loop(), 0
        end = loop.time() + 4 * seconds
        while still < 2 and loop.time() < end:
            await asyncio.sleep(0.01)
            still = 0 if self._is_busy(seconds) else still + 1

    def _is_busy(self, seconds: float) -> bool:
        inbox, outbox = self.channel.inbox, self.channel.outbox
        answering = len(self.conversations._lanes._tasks) - self.assistant.waiting
        soon = asyncio.get_running_loop().time() + seconds
        put_off = [alarm.when() for alarm in outbox._timers._alarms.values()]
        return bool(
            answering > 0
            or inbox._lanes._tasks
            or inbox._asides
            or outbox._lanes._tasks
            or self.graph.statuses.telling
            or any(when < soon for when in put_off)
        )

    async def _contacts(self) -> list[Contact]:
        with self.store.database.reader.connect() as connection:
            ids = connection.exec_driver_sql("SELECT id FROM whatsapp_contacts").scalars().all()
        found = [await self.kept.contact(str(one)) for one in ids]
        return [one for one in found if one is not None]


def words_of(payload: Any) -> str:  # noqa: ANN401
    """The words of a message that Graph accepted."""
    if payload["type"] == "text":
        return str(payload["text"]["body"])
    if payload["type"] == "interactive":
        return str(payload["interactive"]["body"]["text"])
    if payload["type"] == "template":
        return f"template {payload['template']['name']}"
    return str(payload["image"]["caption"])


def account(graph: GraphServer, **changes: Any) -> Account:  # noqa: ANN401
    standard: dict[str, Any] = {
        "token": TOKEN,
        "app_secret": SECRET,
        "verify_token": VERIFY_TOKEN,
        "number_id": NUMBER_ID,
        "graph_url": graph.base,
        "graph_version": "v24.0",
        "template": ("answer_ready", "en_GB"),
        "late_after": timedelta(hours=6),
        "late_reply": "answer",
    }
    return Account(**standard | changes)


@asynccontextmanager
async def clinic_channel(
    folder: Path,
    *,
    graph: GraphServer | None = None,
    late_reply: Literal["answer", "leave"] = "answer",
    template: tuple[str, str] | None = ("answer_ready", "en_GB"),
    pace: Pace = QUICK,
    patience: Patience = SHORT,
) -> AsyncIterator[Clinic]:
    """Run the application within the block; with a graph given, that one is used."""
    async with AsyncExitStack() as stack:
        graph = graph or await stack.enter_async_context(graph_server())
        talk = await stack.enter_async_context(_talking(folder))
        ours = account(graph, late_reply=late_reply, template=template)
        running = running_whatsapp(ours, talk.around, pace=pace, patience=patience)
        channel = await stack.enter_async_context(running)
        gate = Gate(DeskStore(talk.store.database), quick_passwords(), talk.settings.secret)
        app = _application(talk, channel, gate)
        server = await stack.enter_async_context(TestServer(app))
        webhook = str(server.make_url("/whatsapp"))
        await graph.announce_to(webhook)
        async with crowd(webhook, graph) as patients:
            yield Clinic(
                channel,
                talk.around.conversations,
                talk.assistant,
                talk.store,
                talk.around.store,
                graph,
                patients,
                webhook,
                talk.metrics,
                app,
                gate,
            )
        await graph.statuses.settled()


@dataclass(frozen=True)
class Talk:
    """The conversations behind the channel, and what they are made of."""

    settings: Settings
    store: SqlStore
    assistant: ScriptedAssistant
    around: Surroundings
    metrics: Metrics
    check: Callable[[str], Message | None]


def _application(talk: Talk, channel: WhatsApp, gate: Gate) -> web.Application:
    app = create_app(
        talk.settings,
        talk.around.conversations,
        knowledge(),
        talk.around.texts,
        checks={},
        clicked=_ignore,
        metrics=talk.metrics,
        whatsapp=channel,
        gate=gate,
        asking=Asking(index(), FirstReply(talk.assistant, talk.check)),
    )
    app[SITE].templates.bytecode_cache = COMPILED
    return app


@asynccontextmanager
async def _talking(folder: Path) -> AsyncIterator[Talk]:
    """Open the folder's database, and go on with the conversations in it."""
    settings, metrics = site_settings(PUBLIC), Metrics()
    texts = site_texts(PUBLIC)
    assistant = ScriptedAssistant(Context(knowledge(), texts, PUBLIC, lambda _: ""), settings)
    store = await open_store(url_of(folder))
    check = red_flag_check(red_flags(), texts)
    conversations = Conversations(store, assistant, check, unavailable)
    await conversations.resume()
    around = Surroundings(
        store=WhatsAppStore(store.database),
        conversations=conversations,
        knowledge=knowledge(),
        texts=texts,
        commands=commands(),
        secret=settings.secret,
        zone=ZoneInfo("Europe/London"),
        counted=metrics.count,
    )
    try:
        yield Talk(settings, store, assistant, around, metrics, check)
    finally:
        await conversations.close()
        await store.close()


async def _ignore(*_ids: str | None) -> None:
    return
