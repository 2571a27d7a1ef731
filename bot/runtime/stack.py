"""The conversation use case on real parts: store, actions, engine, put together and taken apart."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from aiohttp import web

from actions.calls import answer_call
from actions.context import Context
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
from bot.store import SqlStore
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
    # The assistant puts the counted link in, because only it knows the conversation.
    url = settings.clinic.booking_url
    context = Context(ground.knowledge, texts, settings.public_url, lambda _: url, opening.opens)
    return action_app(partial(answer_call, make_executor(context)), settings.engine_token)


def _unavailable(texts: Texts) -> Message:
    return Message(id=new_id(), kind="notice", text=texts["notice.unavailable"].text)
