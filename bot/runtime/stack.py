"""The conversation use case on real parts: store, actions, engine, put together and taken apart."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from actions.calls import answer_call
from actions.context import Calling, Context
from actions.server import make_executor
from bot.assistant import RasaAssistant
from bot.conversation import Conversations, Message
from bot.conversation.asking import Patience
from bot.conversation.message import new_id
from bot.conversation.red_flags import load_red_flags, red_flag_check, urgent_message
from bot.conversation.tokens import sign_ids
from bot.knowledge import Knowledge, Texts, load_knowledge
from bot.runtime.action_server import action_app, listening
from bot.runtime.engine import EnginePlan, running_engine
from bot.runtime.ports import LOOPBACK
from bot.runtime.supervisor import Supervisor
from bot.runtime.texts import fixed_texts
from bot.settings import Settings
from bot.settings.openings import openings
from bot.store import SqlStore, open_store
from bot.store.whatsapp import WhatsAppStore


@dataclass(frozen=True, slots=True)
class Stack:
    """What runs: the conversations, and what tells whether each part is well."""

    conversations: Conversations
    knowledge: Knowledge
    texts: Texts
    store: SqlStore
    assistant: RasaAssistant
    engine: Supervisor | None


@asynccontextmanager
async def running_stack(
    settings: Settings, folder: Path, log: Path, *, patience: Patience | None = None
) -> AsyncIterator[Stack]:
    """Run everything behind the website within the block; the engine's files are in `folder`."""
    knowledge = load_knowledge(settings.root)
    texts = fixed_texts(settings)
    flags = load_red_flags(settings.root / "data" / "redflags.yml")
    plan = _plan(settings, folder, log)
    assistant = _assistant(settings, plan, knowledge, texts)
    store = await open_store(settings.database_url)
    conversations = Conversations(
        store,
        assistant,
        red_flags=red_flag_check(flags, texts),
        unavailable=partial(_unavailable, texts),
        patience=patience,
    )
    try:
        async with (
            _actions(settings, knowledge, texts, store),
            assistant,
            _engine(settings, plan, assistant) as engine,
        ):
            await conversations.resume()
            try:
                yield Stack(conversations, knowledge, texts, store, assistant, engine)
            finally:
                await conversations.close()
    finally:
        await store.close()


def _plan(settings: Settings, folder: Path, log: Path) -> EnginePlan:
    return EnginePlan(
        root=settings.root,
        port=settings.engine_port,
        action_port=settings.action_port,
        token=settings.engine_token,
        folder=folder,
        log=log,
    )


def _assistant(
    settings: Settings, plan: EnginePlan, knowledge: Knowledge, texts: Texts
) -> RasaAssistant:
    return RasaAssistant(
        settings.engine_url or plan.url,
        settings.engine_token,
        knowledge.answers.keys(),
        partial(booking_link, settings),
        partial(urgent_message, texts),
    )


def _actions(
    settings: Settings, knowledge: Knowledge, texts: Texts, store: SqlStore
) -> AbstractAsyncContextManager[None]:
    clinic, zone = settings.clinic, ZoneInfo(settings.clinic.time_zone)
    calling = Calling(
        zone=zone,
        openings=partial(openings, clinic.hours, zone),
        country=clinic.country,
        number_of=partial(_number_of, WhatsAppStore(store.database)),
    )
    # The assistant puts the counted link in, because only it knows the conversation.
    context = Context(knowledge, texts, settings.public_url, lambda _: clinic.booking_url, calling)
    answer = partial(answer_call, make_executor(context))
    return listening(action_app(answer, settings.engine_token), LOOPBACK, settings.action_port)


async def _number_of(store: WhatsAppStore, conversation_id: str) -> str | None:
    """Return the number that a conversation's patient writes from on WhatsApp, as E.164."""
    contact = await store.contact_of(conversation_id)
    return f"+{contact.phone.removeprefix('+')}" if contact and contact.phone else None


@asynccontextmanager
async def _engine(
    settings: Settings, plan: EnginePlan, assistant: RasaAssistant
) -> AsyncIterator[Supervisor | None]:
    if settings.engine_url is not None:
        yield None
        return
    async with running_engine(plan, assistant.problem) as supervisor:
        yield supervisor


def booking_link(settings: Settings, conversation_id: str, message_id: str) -> str:
    """Return the counted link of a message's booking button."""
    token = sign_ids(settings.secret, "booking", conversation_id, message_id)
    return f"{settings.public_url}/book/{token}"


def _unavailable(texts: Texts) -> Message:
    return Message(id=new_id(), kind="notice", text=texts["notice.unavailable"].text)
