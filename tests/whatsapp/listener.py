"""A webhook that keeps what comes, as a stand-in for the application's."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.whatsapp.account import SECRET
from tests.whatsapp.courier import signature


@dataclass
class Listener:
    """Refuses the first `refusals` deliveries with `refusal`, and keeps the others' values."""

    refusals: int = 0
    refusal: int = 500
    url: str = ""
    bodies: list[bytes] = field(default_factory=list)
    values: list[dict[str, Any]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        if request.headers["X-Hub-Signature-256"] != signature(SECRET, body):
            return web.Response(status=403)
        self.bodies.append(body)
        if self.refusals:
            self.refusals -= 1
            return web.Response(status=self.refusal)
        for entry in json.loads(body)["entry"]:
            self.values += [change["value"] for change in entry["changes"]]
        return web.Response()

    @property
    def messages(self) -> list[dict[str, Any]]:
        return [one for value in self.values for one in value.get("messages", [])]

    @property
    def statuses(self) -> list[dict[str, Any]]:
        return [one for value in self.values for one in value.get("statuses", [])]


@asynccontextmanager
async def listening() -> AsyncIterator[Listener]:
    """A webhook for as long as the block runs."""
    listener = Listener()
    app = web.Application()
    app.router.add_post("/webhook", listener.take)
    async with TestServer(app) as server:
        listener.url = str(server.make_url("/webhook"))
        yield listener
