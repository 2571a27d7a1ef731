"""Serves the site with everything behind it until it is told to stop."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress

from aiohttp import web

from bot.conversation import StoreUnavailable
from bot.conversation.asking import Patience
from bot.runtime.action_server import listening
from bot.runtime.keeping import keep_only
from bot.runtime.paths import Paths
from bot.runtime.stack import Stack, running_stack
from bot.runtime.steps import say
from bot.settings import Settings
from bot.web import create_app

# The engine needs about 15 seconds to start, and a patient would rather wait for the answer than
# read that there is none; the website gives up on a turn after 45.
PATIENCE = Patience(pauses=(0.5, 1.0, *[2.0] * 18), limit=40.0)
SIGNALS = (signal.SIGINT, signal.SIGTERM)


async def serve(settings: Settings) -> None:
    """Serve until Ctrl-C or SIGTERM; OSError when a port is taken."""
    stop = _stop_event()
    log = settings.data / "log" / "engine.log"
    async with (
        running_stack(settings, settings.data, log, patience=PATIENCE) as stack,
        listening(_site(settings, stack), settings.host, settings.port),
    ):
        say(f"The site is at {settings.public_url}; the engine is getting ready ...")
        announcing = asyncio.create_task(_announce(settings, stack))
        keeping = asyncio.create_task(keep_only(stack.conversations, settings.clinic.keep_days))
        await stop.wait()
        announcing.cancel()
        keeping.cancel()
        say("Stopping ...")
    say("Stopped.")


def _stop_event() -> asyncio.Event:
    stop = asyncio.Event()
    for number in SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


async def _announce(settings: Settings, stack: Stack) -> None:
    if stack.engine is None:
        problem = await stack.assistant.problem()
        if problem is not None:
            say(f"CANDOR_ENGINE_URL: {problem}; patients are told to try again until it does.")
            return
    else:
        await stack.engine.ready.wait()
    say(f"Ready: {settings.public_url}   (Ctrl-C stops everything)")


def _site(settings: Settings, stack: Stack) -> web.Application:
    async def clicked(value: str) -> None:
        conversation_id, _, message_id = value.partition("/")
        await stack.conversations.record_booking_click(conversation_id, message_id)

    checks: dict[str, Callable[[], Awaitable[str | None]]] = {
        "engine": stack.assistant.problem,
        "database": lambda: _database_problem(stack),
        "model": lambda: _model_problem(settings),
    }
    return create_app(
        settings,
        stack.conversations,
        stack.knowledge,
        stack.texts,
        checks=checks,
        clicked=clicked,
    )


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
