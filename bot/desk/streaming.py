"""Tells open pages that something has changed (server-sent events, WHATWG HTML 9.2)."""

import asyncio
from contextlib import suppress

from aiohttp import web

from bot.conversation import Closed, StoreUnavailable
from bot.desk import sessions
from bot.desk.visit import Visit

PAUSE = 0.25  # seconds in which what changes is told together
PING = 15.0  # seconds after which silence would look like a broken line
HEADERS = {
    "Content-Type": "text/event-stream",
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",  # a proxy must not hold events back
}


async def serve_news(visit: Visit, only: str | None = None) -> web.StreamResponse:
    """Send an event for each change, of one name only if given, while page and session last.

    The page says by its cursor what it has seen, also when it comes back after a while.
    """
    live, request = visit.console.live, visit.request
    cursor = request.headers.get("Last-Event-ID") or request.query.get("after", "")
    response = web.StreamResponse(headers=HEADERS)
    await response.prepare(request)
    # Without the database nothing can be shown either, and the page comes back by itself.
    with suppress(ConnectionError, StoreUnavailable, Closed):
        while not live.is_closed:
            bell, seen = live.bell, live.cursor
            is_news = live.is_news(cursor, only)
            cursor = seen
            if not is_news and await _rings(bell):
                continue
            # Each time: where much happens there is never a silence to look in.
            if not await _is_signed_in(visit):
                break
            await response.write(_event(seen) if is_news else b":\n\n")
            await asyncio.sleep(PAUSE)
    return response


def _event(cursor: str) -> bytes:
    return f"id: {cursor}\nevent: news\ndata:\n\n".encode()


async def _rings(bell: asyncio.Event) -> bool:
    try:
        await asyncio.wait_for(bell.wait(), PING)
    except TimeoutError:
        return False
    return True


async def _is_signed_in(visit: Visit) -> bool:
    secret = visit.console.cookie(visit.request, "desk")
    return await sessions.find(visit.console.gate, secret, quiet=True) is not None
