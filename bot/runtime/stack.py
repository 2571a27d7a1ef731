"""The conversation use case on real parts: store, actions, engine, put together and taken apart."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from aiohttp import web

from actions.calls import answer_call
from actions.context import Calling, Context
from actions.server import make_executor
from bot.assistant import RasaAssistant
from bot.conversation import Conversations, Message
from bot.conversation.asking import Patience
from bot.conversation.first_reply import FirstReply
from bot.conversation.message import new_id
from bot.conversation.red_flags import red_flag_check, urgent_message
from bot.knowledge import Knowledge, Texts
from bot.runtime.action_server import action_app
from bot.runtime.front_desk import Opening, front_desk
from bot.runtime.ground import Ground, running_ground
from bot.runtime.sockets import serving_on
from bot.runtime.supervisor import Supervisor
from bot.runtime.texts import fixed_texts
from bot.settings import Settings
from bot.settings.openings import openings
from bot.store import SqlStore
from bot.store.whatsapp import WhatsAppStore
from bot.web.booking import booking_link


@dataclass(frozen=True, slots=True)
class Stack:
    """What runs: the conversations, and what tells whether each part is well."""

    conversations: Conversations
    knowledge: Knowledge
    texts: Texts
    store: SqlStore
    assistant: RasaAssistant
    engine: Supervisor | None
    first_reply: FirstReply


@asynccontextmanager
async def running_stack(
    settings: Settings, folder: Path, log: Path, *, patience: Patience | None = None
) -> AsyncIterator[Stack]:
    """Run everything behind the website within the block; the engine's files are in `folder`."""
    async with (
        running_ground(settings, folder, log) as ground,
        stack_on(ground, settings, patience=patience) as stack,
    ):
        yield stack


@asynccontextmanager
async def stack_on(
    ground: Ground, settings: Settings, *, patience: Patience | None = None
) -> AsyncIterator[Stack]:
    """Run within the block what depends on the clinic; one after the other on the same ground.

    What was begun before is taken up at the beginning, and left so that it can be at the end.
    """
    texts = fixed_texts(settings)
    opening = Opening(settings.clinic)
    flags = red_flag_check(ground.flags, texts)
    assistant = _assistant(settings, ground, texts)
    conversations = Conversations(
        ground.store,
        assistant,
        red_flags=flags,
        unavailable=partial(_unavailable, texts),
        desk=front_desk(opening, texts),
        patience=patience,
    )
    actions = _actions(settings, ground, texts, opening)
    async with serving_on(ground.actions, actions), assistant:
        try:
            await conversations.resume()
            yield Stack(
                conversations=conversations,
                knowledge=ground.knowledge,
                texts=texts,
                store=ground.store,
                assistant=assistant,
                engine=ground.engine,
                first_reply=FirstReply(assistant, flags),
            )
        finally:
            await conversations.close()


def _assistant(settings: Settings, ground: Ground, texts: Texts) -> RasaAssistant:
    return RasaAssistant(
        ground.engine_url,
        settings.engine_token,
        ground.knowledge.answers.keys(),
        partial(booking_link, settings),
        partial(urgent_message, texts),
    )


def _actions(settings: Settings, ground: Ground, texts: Texts, opening: Opening) -> web.Application:
    clinic, zone = settings.clinic, ZoneInfo(settings.clinic.time_zone)
    context = Context(
        ground.knowledge,
        texts,
        settings.public_url,
        # The assistant puts the counted link in, because only it knows the conversation.
        lambda _: clinic.booking_url,
        opens=opening.opens,
        calling=Calling(
            zone=zone,
            openings=partial(openings, clinic.hours, zone),
            country=clinic.country,
            closed_on=clinic.hours.closed_on,
            number_of=partial(_number_of, WhatsAppStore(ground.store.database)),
        ),
    )
    return action_app(partial(answer_call, make_executor(context)), settings.engine_token)


async def _number_of(store: WhatsAppStore, conversation_id: str) -> str | None:
    """Return the number that a conversation's patient writes from on WhatsApp, as E.164."""
    contact = await store.contact_of(conversation_id)
    return f"+{contact.phone.removeprefix('+')}" if contact and contact.phone else None


def _unavailable(texts: Texts) -> Message:
    return Message(id=new_id(), kind="notice", text=texts["notice.unavailable"].text)
