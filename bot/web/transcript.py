"""A widget's own conversation over plain HTTP: read, kept as a text, rated, deleted.

Its token comes in the Authorization header, because addresses end up in logs.
"""

from zoneinfo import ZoneInfo

from aiohttp import web

from bot.channels.refusal import Refused
from bot.channels.widget.page import read_page
from bot.conversation import UnknownMessage
from bot.conversation.plain import Names, as_text
from bot.web.address import address_of
from bot.web.body import read_object
from bot.web.site import SITE, Site
from bot.web.words import best_language

REASONS = ("not_my_question", "too_little", "hard_to_read", "seems_wrong")


async def get_entries(request: web.Request) -> web.Response:
    """Answer with the newest entries after or before a cursor, and how the conversation stands."""
    site = request.app[SITE]
    conversation = _conversation(request, site)
    after, before = _number(request, "after"), _number(request, "before")
    page = await read_page(site.conversations, conversation, site.desk(), after or 0, before)
    return web.json_response(page)


async def delete(request: web.Request) -> web.Response:
    """Delete the conversation for good."""
    site = request.app[SITE]
    await site.conversations.forget(_conversation(request, site))
    return web.Response(status=204)


async def get_text(request: web.Request) -> web.Response:
    """Answer with the whole conversation as a text that a patient can keep."""
    site = request.app[SITE]
    clinic = site.settings.clinic
    entries = await site.conversations.transcript(_conversation(request, site))
    words = site.languages[best_language(site.languages, request.query.get("lang", ""))]
    names = Names(patient=words["you"], assistant=f"{words['assistant']}, {clinic.name}")
    return web.Response(text=as_text(entries, names, ZoneInfo(clinic.time_zone)))


async def post_feedback(request: web.Request) -> web.Response:
    """Keep whether an answer was helpful, and if not, why."""
    site = request.app[SITE]
    conversation = _conversation(request, site)
    body = await read_object(request)
    message, helpful, reason = (body.get(name) for name in ("message", "helpful", "reason"))
    if not isinstance(message, str) or not isinstance(helpful, bool):
        raise Refused(422, "bad_feedback", 'Send {"message": "its id", "helpful": true or false}.')
    if reason is not None and reason not in REASONS:
        raise Refused(422, "bad_feedback", f"reason must be one of {', '.join(REASONS)}.")
    try:
        await site.conversations.rate(conversation, message, helpful, reason)
    except UnknownMessage:
        raise Refused(404, "unknown_message", "This conversation has no such answer.") from None
    site.metrics.count("candor_feedback_total", "yes" if helpful else "no", reason or "")
    return web.Response(status=204)


def _conversation(request: web.Request, site: Site) -> str:
    """Return the id behind the token that the request carries; Refused without a good one."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer":
        raise Refused(401, "no_token", "Send the conversation's token: Authorization: Bearer ...")
    site.intake.look(address_of(request))
    return site.intake.conversation(token)


def _number(request: web.Request, name: str) -> int | None:
    text = request.query.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Refused(422, "bad_cursor", f"{name} must be a number.")
    return int(text)
