"""Every address of the website."""

from pathlib import Path

from aiohttp import web

from bot.web import (
    api,
    ask,
    booking,
    booking_notices,
    crawlers,
    faq,
    health,
    htmx,
    learn,
    pages,
    pictures,
    to_whatsapp,
    transcript,
    whatsapp,
    widget,
)
from bot.web.site import SITE

STATIC = Path(__file__).parent / "static"


async def serve_socket(request: web.Request) -> web.StreamResponse:
    """Carry the widget's WebSocket."""
    return await request.app[SITE].socket.serve(request)


ROUTES: list[web.AbstractRouteDef] = [
    web.get("/", pages.show_home),
    web.get("/ask", ask.show_form),
    web.post("/ask", ask.take_question),
    web.get("/ask/whatsapp", to_whatsapp.show_way),
    web.post("/ask/whatsapp", to_whatsapp.take_along),
    web.get("/faq", faq.show_faq),
    web.get("/learn", learn.list_documents),
    web.get("/learn/{document}", learn.show_document),
    # Whoever only looks whether the link works has not pressed it.
    web.get("/book/{token}", booking.follow_booking, allow_head=False),
    web.post("/booking/calcom", booking_notices.take_calcom),
    web.post("/booking/calendly", booking_notices.take_calendly),
    web.get("/demo/booking", booking.show_demo),
    web.post("/demo/booking", booking.confirm_demo),
    web.get("/demo/privacy", pages.show_privacy),
    web.get("/ws", serve_socket),
    web.post("/api/messages", api.post_message),
    web.get("/api/conversation", transcript.get_entries),
    web.delete("/api/conversation", transcript.delete),
    web.get("/api/conversation/text", transcript.get_text),
    web.post("/api/conversation/feedback", transcript.post_feedback),
    web.post("/api/conversation/whatsapp", to_whatsapp.post_whatsapp),
    web.get("/whatsapp", whatsapp.shake_hands, allow_head=False),
    web.post("/whatsapp", whatsapp.take_delivery),
    web.get("/health/live", health.live),
    web.get("/health/ready", health.ready),
    web.get("/metrics", health.show_metrics),
    web.get("/robots.txt", crawlers.show_robots),
    web.get("/sitemap.xml", crawlers.show_sitemap),
    web.get("/widget.js", widget.send_script),
    web.get("/widget/words.json", widget.send_words),
    web.get("/widget/styles.css", widget.send_styles),
    web.get("/static/widget/{name}", widget.send_part),
    web.get("/static/desk/htmx.js", htmx.send_htmx),
    web.get("/static/tokens.css", widget.send_tokens),
    web.get("/static/timeline.svg", pictures.timeline_svg),
    web.get("/static/timeline.png", pictures.timeline_png),
    web.static("/static", STATIC),
]
