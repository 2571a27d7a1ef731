"""A widget's own conversation over plain HTTP: read, kept as a text, rated, deleted.

Its token comes in the Authorization header, because addresses end up in logs.
"""

from collections.abc import AsyncIterator
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.channels.intake import LOOK
from bot.channels.refusal import Refused
from bot.channels.widget.page import read_page
from bot.conversation import Entry, UnknownMessage
from bot.conversation.plain import Names, as_text
from bot.conversation.references import reference_of
from bot.web.address import address_of
from bot.web.body import read_object
from bot.web.site import SITE, Site
from bot.web.words import best_language

# What a request counts for, in messages: a change of the conversation, and all of it as a text.
CHANGE, WHOLE = 1.0, 5.0
PAGE = 200
REASONS = ("not_my_question", "too_little", "hard_to_read", "seems_wrong")


async def get_entries(request: web.Request) -> web.Response:
    """Answer with the newest entries after or before a cursor, and how the conversation stands."""
    site = request.app[SITE]
    conversation = conversation_of(request, site)
    after, before = _number(request, "after"), _number(request, "before")
    page = await read_page(site.conversations, conversation, site.desk(), after or 0, before)
    return web.json_response(page)


async def delete(request: web.Request) -> web.Response:
    """Delete the conversation for good."""
    site = request.app[SITE]
    await site.conversations.forget(conversation_of(request, site, CHANGE))
    return web.Response(status=204)


async def get_text(request: web.Request) -> web.Response:
    """Answer with the whole conversation as a text that a patient can keep."""
    site = request.app[SITE]
    clinic = site.settings.clinic
    conversation = conversation_of(request, site, WHOLE)
    words = site.languages[best_language(site.languages, request.query.get("lang", ""))]
    names = Names(patient=words["you"], assistant=f"{words['assistant']}, {clinic.name}")
    zone = ZoneInfo(clinic.time_zone)
    pages = [as_text(page, names, zone) async for page in _backwards(site, conversation)]
    head = f"{words['reference']}: {reference_of(conversation)}\n"
    return web.Response(text="\n".join((head, *reversed(pages))))


async def post_feedback(request: web.Request) -> web.Response:
    """Keep whether an answer was helpful, and if not, why."""
    site = request.app[SITE]
    conversation = conversation_of(request, site, CHANGE)
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


def conversation_of(request: web.Request, site: Site, cost: float = LOOK) -> str:
    """Return the id behind the token that the request carries, the look counted; or Refused."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise Refused(401, "no_token", "Send the conversation's token: Authorization: Bearer ...")
    site.intake.look(address_of(request))
    conversation = site.intake.conversation(token)
    if cost > LOOK:
        site.intake.look(address_of(request), conversation, cost)
    return conversation


async def _backwards(site: Site, conversation: str) -> AsyncIterator[list[Entry]]:
    """Yield the whole conversation from its end, in pages that nobody else has to wait for."""
    before: int | None = None
    while page := await site.conversations.entries(conversation, before=before, limit=PAGE):
        yield page
        before = page[0].seq


def _number(request: web.Request, name: str) -> int | None:
    text = request.query.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Refused(422, "bad_cursor", f"{name} must be a number.")
    return int(text)
