"""Messages over plain HTTP, for programs and for widgets that have no WebSocket."""

import json
from typing import Any

from aiohttp import web

from bot.channels.refusal import Refused, refusal_of
from bot.settings.hours import lines
from bot.web.address import address_of
from bot.web.site import SITE

CLINIC = (
    *("name", "phone", "phone_link", "email", "emergency_number"),
    *("privacy_url", "booking_url", "booking_label"),
)


async def post_message(request: web.Request) -> web.Response:
    """Keep a message and answer with the turn's messages when it is finished."""
    site = request.app[SITE]
    body = await _read_object(request)
    key = body.get("key")
    if key is not None and not (isinstance(key, str) and 8 <= len(key) <= 64):
        raise Refused(422, "bad_key", "key must have 8 to 64 characters.")
    kept = await site.intake.receive(
        "widget", address_of(request), body.get("conversation"), body.get("text"), key
    )
    try:
        entries = await site.conversations.finished(kept.turn, site.limits.turn_seconds)
    except TimeoutError as error:
        # With the token, so that the answer can be fetched from the transcript later.
        late = {"error": refusal_of(error).to_dict(site.texts), "conversation": kept.token}
        return web.json_response(late, status=504)
    messages = [entry.message.to_dict() for entry in entries]
    return web.json_response({"conversation": kept.token, "messages": messages})


async def allow_message(_request: web.Request) -> web.Response:
    """Answer the browser's question whether another site may post here; the headers tell."""
    return web.Response(status=204)


async def get_transcript(request: web.Request) -> web.Response:
    """Answer with the conversation's entries after the one numbered `after`."""
    site = request.app[SITE]
    conversation = site.intake.conversation(request.match_info["token"])
    after = request.query.get("after", "0")
    if not (after.isascii() and after.isdigit() and len(after) < 10):
        raise Refused(422, "bad_cursor", "after must be the number of an entry.")
    entries = await site.conversations.transcript(conversation, int(after))
    return web.json_response({"entries": [entry.to_dict() for entry in entries]})


async def get_clinic(request: web.Request) -> web.Response:
    """Answer with what the widget says of the clinic, and the questions it offers at first."""
    site = request.app[SITE]
    clinic = site.settings.clinic
    facts = {name: getattr(clinic, name) for name in CLINIC} | {"hours": lines(clinic.hours)}
    answers = site.knowledge.answers
    starters = [
        {"label": answers[name].general.question, "payload": f"ask:{name}"}
        for name in site.texts["chat.greet"].next
        if name in answers
    ]
    return web.json_response(facts | {"starters": starters})


async def _read_object(request: web.Request) -> dict[str, Any]:
    if request.content_type != "application/json":
        raise Refused(415, "not_json", "Send JSON, with the content type application/json.")
    try:
        body = json.loads(await request.read())
    except (ValueError, RecursionError):
        raise Refused(400, "bad_json", "That is not JSON.") from None
    if not isinstance(body, dict):
        raise Refused(422, "not_object", 'Send a JSON object, such as {"text": "..."}.')
    return body
