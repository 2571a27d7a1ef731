"""The widget's script, and the two static files that are made from the clinic's settings."""

import base64
import hashlib
from pathlib import Path

from aiohttp import web

from bot.web.site import SITE
from bot.web.timeline import STEPS

WIDGET = Path(__file__).parent / "static" / "widget.js"


async def widget_script(_request: web.Request) -> web.StreamResponse:
    """Send the one script that a clinic's page includes."""
    return web.FileResponse(WIDGET)


async def tokens_css(request: web.Request) -> web.Response:
    """Send the design tokens, with the clinic's accent in them."""
    css = request.app[SITE].templates.get_template("tokens.css").render()
    return web.Response(text=css, content_type="text/css")


async def timeline_svg(request: web.Request) -> web.Response:
    """Send the picture of the months after a knee treatment."""
    templates = request.app[SITE].templates
    style = templates.get_template("timeline.css").render()
    svg = templates.get_template("timeline.svg").render(steps=STEPS, style=style)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'"
    headers = {"Content-Security-Policy": policy}
    return web.Response(text=svg, content_type="image/svg+xml", headers=headers)
