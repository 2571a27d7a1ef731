"""Answers the engine's requests for actions, on the loopback interface only."""

import hmac
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from bot.conversation.mishap import mishap
from bot.runtime.sockets import open_sockets, serving_on

log = logging.getLogger(__name__)

Answer = Callable[[dict[str, Any]], Awaitable[tuple[int, dict[str, Any]]]]
# A call carries the message with its reading and the slots; stock Rasa would send the domain, too.
LARGEST_CALL = 32 * 1024 * 1024


def action_app(answer: Answer, token: str) -> web.Application:
    """Return the listener: POST /webhook, refused without the token that the engine was told."""

    async def webhook(request: web.Request) -> web.Response:
        given = request.query.get("token", "").encode(errors="surrogateescape")
        if not hmac.compare_digest(given, token.encode()):
            return web.json_response({"error": "unknown caller"}, status=401)
        try:
            call = await request.json()
        except (json.JSONDecodeError, UnicodeDecodeError):
            call = None
        if not isinstance(call, dict):
            return web.json_response({"error": "not a JSON object"}, status=400)
        try:
            status, body = await answer(call)
        except Exception as error:
            # The engine says that it has no answer, and the use case tries again or says so.
            log.error("an action failed: %s", mishap(error))
            return web.json_response({"error": "the action failed"}, status=500)
        return web.json_response(body, status=status)

    app = web.Application(client_max_size=LARGEST_CALL)
    app.add_routes([web.post("/webhook", webhook)])
    return app


@asynccontextmanager
async def listening(app: web.Application, host: str, port: int) -> AsyncIterator[None]:
    """Serve an application within the block; OSError when the port is taken."""
    with open_sockets(host, port) as sockets:
        async with serving_on(sockets, app):
            yield
