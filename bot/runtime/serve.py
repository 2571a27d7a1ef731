"""Serves the site with everything behind it until it is told to stop."""

import asyncio
import gc
import signal
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, suppress
from functools import partial
from typing import Any

from aiohttp import web

from bot.channels.whatsapp.channel import WhatsApp
from bot.conversation import StoreUnavailable
from bot.conversation.asking import Patience
from bot.desk.gate import Gate
from bot.desk.passwords import Passwords
from bot.runtime.action_server import listening
from bot.runtime.keeping import keep_only
from bot.runtime.paths import Paths
from bot.runtime.stack import Stack, running_stack
from bot.runtime.steps import say
from bot.runtime.whatsapp import KEY_DAYS, maybe_whatsapp
from bot.settings import Settings
from bot.store.desk import DeskStore
from bot.store.desk.callbacks import TakenDown
from bot.store.whatsapp import WhatsAppStore
from bot.web import create_app
from bot.web.metrics import Metrics

# The engine needs about 15 seconds to start, and a patient would rather wait for the answer than
# read that there is none; the website gives up on a turn after 45.
PATIENCE = Patience(pauses=(0.5, 1.0, *[2.0] * 18), limit=40.0)
SIGNALS = (signal.SIGINT, signal.SIGTERM)

RunWhatsApp = Callable[
    [Settings, Stack, Callable[[str, str], None]], AbstractAsyncContextManager[WhatsApp | None]
]


async def serve(settings: Settings, run_whatsapp: RunWhatsApp = maybe_whatsapp) -> None:
    """Serve until Ctrl-C or SIGTERM; OSError when a port is taken."""
    stop, metrics = _stop_event(), Metrics()
    log = settings.data / "log" / "engine.log"
    async with (
        running_stack(settings, settings.data, log, patience=PATIENCE) as stack,
        run_whatsapp(settings, stack, metrics.count) as channel,
        listening(_settled(_site(settings, stack, metrics, channel)), settings.host, settings.port),
    ):
        say(f"The site is at {settings.public_url}; the engine is getting ready ...")
        tasks = [asyncio.create_task(_announce(settings, stack))]
        tasks += [asyncio.create_task(keep) for keep in _keeping(settings, stack)]
        await stop.wait()
        for task in tasks:
            task.cancel()
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


def _keeping(settings: Settings, stack: Stack) -> Iterator[Coroutine[Any, Any, None]]:
    """Yield what deletes in time, also while a channel is off."""
    yield keep_only(stack.conversations, settings.clinic.keep_days)
    yield keep_only(WhatsAppStore(stack.store.database), KEY_DAYS)
    yield keep_only(TakenDown(stack.store.database), settings.clinic.keep_days)


def _settled(site: web.Application) -> web.Application:
    """Return the site; what was loaded for it stays, and is never looked through for garbage.

    Everybody would wait for that, a quarter of a second each time.
    """
    gc.collect()
    gc.freeze()
    return site


def _site(
    settings: Settings, stack: Stack, metrics: Metrics, channel: WhatsApp | None
) -> web.Application:
    checks: dict[str, Callable[[], Awaitable[str | None]]] = {
        "engine": stack.assistant.problem,
        "database": lambda: _database_problem(stack),
        "model": lambda: _model_problem(settings),
    }
    if channel is not None:
        checks["whatsapp"] = partial(_whatsapp_problem, channel)
    return create_app(
        settings,
        stack.conversations,
        stack.knowledge,
        stack.texts,
        checks=checks,
        clicked=stack.conversations.record_booking_click,
        metrics=metrics,
        whatsapp=channel,
        gate=Gate(DeskStore(stack.store.database), Passwords(), settings.secret),
    )


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
