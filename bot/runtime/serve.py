"""Serves the site with everything behind it until it is told to stop."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial

from aiohttp import web

from bot.channels.whatsapp.channel import WhatsApp
from bot.conversation import StoreUnavailable
from bot.conversation.asking import Patience
from bot.desk.asking import Asking
from bot.desk.gate import Gate
from bot.desk.passwords import Passwords
from bot.runtime.garbage import keep_what_is_loaded
from bot.runtime.ground import Ground, running_ground
from bot.runtime.mail import postman_of
from bot.runtime.office import ClinicOffice, checked_settings
from bot.runtime.paths import Paths
from bot.runtime.rounds import Rounds
from bot.runtime.sockets import open_sockets, serving_on
from bot.runtime.stack import Stack, stack_on
from bot.runtime.steps import say
from bot.runtime.upkeep import upkeep
from bot.runtime.whatsapp import maybe_whatsapp
from bot.settings import Settings
from bot.store.bookings import click
from bot.store.desk import DeskStore
from bot.store.desk.mails import mail_problem
from bot.web import create_app
from bot.web.metrics import Metrics

# The engine needs about 15 seconds to start, and a patient would rather wait for the answer than
# read that there is none; the website gives up on a turn after 45.
PATIENCE = Patience(pauses=(0.5, 1.0, *[2.0] * 18), limit=40.0)
SIGNALS = (signal.SIGINT, signal.SIGTERM)

RunWhatsApp = Callable[
    [Settings, Stack, Callable[[str, str], None]], AbstractAsyncContextManager[WhatsApp | None]
]


@dataclass(frozen=True, slots=True)
class Around:
    """What outlives the settings in force."""

    ground: Ground
    public: Sequence[socket.socket]
    metrics: Metrics
    rounds: Rounds
    run_whatsapp: RunWhatsApp


async def serve(
    settings: Settings,
    run_whatsapp: RunWhatsApp = maybe_whatsapp,
    load: Callable[[], Settings] | None = None,
) -> None:
    """Serve until Ctrl-C or SIGTERM; OSError when a port is taken.

    When a manager changes the settings, `load` reads them anew, and all that depends on them is
    put together anew on the same database, engine and ports.
    """
    stop, log = _stop_event(), settings.data / "log" / "engine.log"
    rounds = Rounds(settings, load or partial(checked_settings, settings.root))
    with open_sockets(settings.host, settings.port) as public:
        async with running_ground(settings, settings.data, log) as ground:
            say(f"The site is at {settings.public_url}; the engine is getting ready ...")
            announcing = asyncio.create_task(_announce(settings, ground))
            around = Around(ground, public, Metrics(), rounds, run_whatsapp)
            await rounds.run(partial(_round, around), stop)
            announcing.cancel()
            say("Stopping ...")
    say("Stopped.")


@asynccontextmanager
async def _round(around: Around, settings: Settings) -> AsyncIterator[None]:
    """Run within the block all that depends on the settings."""
    async with (
        stack_on(around.ground, settings, patience=PATIENCE) as stack,
        around.run_whatsapp(settings, stack, around.metrics.count) as channel,
        serving_on(around.public, _site(settings, stack, around, channel)),
    ):
        keep_what_is_loaded()
        postman = postman_of(settings, stack)
        tasks = [asyncio.create_task(keep) for keep in upkeep(settings, stack)]
        if postman is not None:
            tasks.append(asyncio.create_task(postman.work()))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()


def _stop_event() -> asyncio.Event:
    stop = asyncio.Event()
    for number in SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


async def _announce(settings: Settings, ground: Ground) -> None:
    if ground.engine is None:
        problem = await ground.problem()
        if problem is not None:
            say(f"CANDOR_ENGINE_URL: {problem}; patients are told to try again until it does.")
            return
    else:
        await ground.engine.ready.wait()
    say(f"Ready: {settings.public_url}   (Ctrl-C stops everything)")


def _site(
    settings: Settings, stack: Stack, around: Around, channel: WhatsApp | None
) -> web.Application:
    checks: dict[str, Callable[[], Awaitable[str | None]]] = {
        "engine": stack.assistant.problem,
        "database": lambda: _database_problem(stack),
        "model": lambda: _model_problem(settings),
    }
    if settings.mail is not None:
        checks["mail"] = partial(mail_problem, stack.store.database)
    if channel is not None:
        checks["whatsapp"] = partial(_whatsapp_problem, channel)
    return create_app(
        settings,
        stack.conversations,
        stack.knowledge,
        stack.texts,
        checks=checks,
        clicked=partial(_clicked, stack),
        metrics=around.metrics,
        whatsapp=channel,
        gate=Gate(DeskStore(stack.store.database), Passwords(), settings.secret),
        office=ClinicOffice(settings, around.rounds),
        database=stack.store.database,
        asking=Asking(around.ground.index(stack.texts), stack.first_reply),
    )


async def _clicked(
    stack: Stack, conversation_id: str, message_id: str, reference: str | None
) -> None:
    press = partial(click, of=conversation_id, message_id=message_id, reference=reference)
    await stack.store.database.write(press)


async def _whatsapp_problem(channel: WhatsApp) -> str | None:
    return channel.outbox.problem


async def _database_problem(stack: Stack) -> str | None:
    with suppress(StoreUnavailable):
        await stack.store.check()
        return None
    return "the database can't be used"


async def _model_problem(settings: Settings) -> str | None:
    if settings.engine_url is not None:
        return None
    there = await asyncio.to_thread(Paths(settings.root).model.is_file)
    return None if there else "the model is missing; run `candor train`"
