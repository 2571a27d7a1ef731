"""Meta's webhook among the site's addresses."""

from aiohttp import web

from bot.channels.whatsapp.webhook import Webhook
from bot.web.site import SITE


async def shake_hands(request: web.Request) -> web.Response:
    """Repeat Meta's challenge, as plain text."""
    return web.Response(text=_webhook(request).challenge(request))


async def take_delivery(request: web.Request) -> web.Response:
    """Keep a delivery, then acknowledge it."""
    await _webhook(request).take(request)
    return web.Response(text="ok")


def _webhook(request: web.Request) -> Webhook:
    """Return the webhook; 404 where the channel isn't set up."""
    channel = request.app[SITE].whatsapp
    if channel is None:
        raise web.HTTPNotFound
    return channel.webhook
