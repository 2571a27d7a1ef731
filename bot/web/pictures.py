"""The picture of the months after a treatment, in the clinic's colours."""

import asyncio
import base64
import hashlib
import re

from aiohttp import web

from bot.web.site import SITE
from bot.web.timeline import LAST_DAY, STEPS, here, png


async def timeline_svg(request: web.Request) -> web.Response:
    """Send the picture of the months after a knee treatment; `day` marks where a patient is."""
    style, svg = _timeline(request)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'"
    headers = {"Content-Security-Policy": policy}
    return web.Response(text=svg, content_type="image/svg+xml", headers=headers)


async def timeline_png(request: web.Request) -> web.Response:
    """Send the same picture for channels that show no SVG."""
    _, svg = _timeline(request)
    image = await asyncio.to_thread(png, svg)
    return web.Response(body=image, content_type="image/png")


def _timeline(request: web.Request) -> tuple[str, str]:
    """Return the picture's style and the picture; 404 for what is no day of it."""
    day = request.query.get("day")
    if day is not None and not (re.fullmatch(r"[0-9]{1,3}", day) and int(day) <= LAST_DAY):
        raise web.HTTPNotFound
    templates = request.app[SITE].templates
    style = templates.get_template("timeline.css").render()
    where = None if day is None else here(int(day))
    return style, templates.get_template("timeline.svg").render(
        steps=STEPS, style=style, here=where
    )
