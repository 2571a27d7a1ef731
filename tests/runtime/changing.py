"""A site that serves in this process, with an engine elsewhere, and settings that change."""

import asyncio
import gc
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from aiohttp import web

from bot.runtime.ports import free_port
from bot.runtime.serve import serve
from bot.runtime.sockets import open_sockets, serving_on
from bot.settings import Settings, SettingsError, load_settings
from bot.store.desk.settings import read_changes
from tests.databases import url_of

TOKEN = "t" * 40


def engine() -> web.Application:
    """Return an engine that says the same to everything, after a moment."""

    async def reply(request: web.Request) -> web.Response:
        await asyncio.sleep(0.05)
        said = {"id": os.urandom(16).hex(), "kind": "smalltalk", "text": "Good."}
        return web.json_response({"messages": [{"custom": said}], "memory": {}})

    async def well(_: web.Request) -> web.Response:
        return web.json_response({"understanding": {"urgent": {}}})

    app = web.Application()
    app.router.add_post("/webhooks/candor/webhook", reply)
    app.router.add_get("/webhooks/candor/", well)
    app.router.add_post("/webhooks/candor/understand", well)
    return app


@asynccontextmanager
async def served(root: Path, folder: Path, broken: asyncio.Event) -> AsyncIterator[Settings]:
    """Serve as `candor serve` does, with an engine elsewhere; no new settings while broken."""
    port, url = free_port(), url_of(folder)
    with open_sockets("127.0.0.1", engine_port := free_port()) as sockets:
        environment = {
            "CANDOR_PORT": str(port),
            "CANDOR_ACTION_PORT": str(free_port()),
            "CANDOR_ENGINE_URL": f"http://127.0.0.1:{engine_port}",
            "CANDOR_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "CANDOR_DATABASE_URL": url,
            "CANDOR_SECRET": "s" * 40,
            "CANDOR_ENGINE_TOKEN": TOKEN,
        }
        read = partial(load_settings, root, environment, read_changes)

        def renewed() -> Settings:
            if broken.is_set():
                raise SettingsError("the disk is full")
            return read()

        async with serving_on(sockets, engine()):
            task = asyncio.create_task(serve(read(), load=renewed))
            try:
                yield read()
            finally:
                os.kill(os.getpid(), 15)
                await asyncio.wait_for(task, 10)
                gc.unfreeze()
