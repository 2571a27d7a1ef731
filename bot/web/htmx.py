"""Serves htmx, by which the console's pages change in part, from our own origin."""

from functools import cache
from importlib.resources import files

from aiohttp import web

from bot.web.files import File, make_file, send_file


async def send_htmx(request: web.Request) -> web.Response:
    """Send the library as its package brings it."""
    return send_file(request, _htmx())


@cache
def _htmx() -> File:
    path = files("django_htmx") / "static" / "django_htmx" / "htmx-2.min.js"
    return make_file("text/javascript", path.read_text(encoding="utf-8"))
