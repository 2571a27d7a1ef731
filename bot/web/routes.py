"""Every address of the website."""

from pathlib import Path

from aiohttp import web

from bot.web import api, ask, assets, booking, health, learn, pages
from bot.web.site import SITE

STATIC = Path(__file__).parent / "static"


async def serve_socket(request: web.Request) -> web.StreamResponse:
    """Carry the widget's WebSocket."""
    return await request.app[SITE].socket.serve(request)


ROUTES: list[web.AbstractRouteDef] = [
    web.get("/", pages.show_home),
    web.get("/ask", ask.show_form),
    web.post("/ask", ask.take_question),
    web.get("/learn", learn.list_documents),
    web.get("/learn/{document}", learn.show_document),
    web.get("/book/{token}", booking.follow_booking),
    web.get("/demo/booking", booking.show_demo),
    web.post("/demo/booking", booking.confirm_demo),
    web.get("/demo/privacy", pages.show_privacy),
    web.get("/ws", serve_socket),
    web.get("/api/clinic", api.get_clinic),
    web.post("/api/messages", api.post_message),
    web.get("/api/conversations/{token}", api.get_transcript),
    web.options("/api/messages", api.allow_message),
    web.get("/health/live", health.live),
    web.get("/health/ready", health.ready),
    web.get("/metrics", health.show_metrics),
    web.get("/widget.js", assets.widget_script),
    web.get("/static/tokens.css", assets.tokens_css),
    web.get("/static/timeline.svg", assets.timeline_svg),
    web.get("/static/timeline.png", assets.timeline_png),
    web.static("/static", STATIC),
]
