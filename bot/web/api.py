"""Messages over plain HTTP, for programs and for widgets that have no WebSocket."""

from aiohttp import web

from bot.channels.intake import checked_claim, is_key
from bot.channels.refusal import Refused, refusal_of
from bot.web.address import address_of
from bot.web.body import read_object
from bot.web.site import SITE


async def post_message(request: web.Request) -> web.Response:
    """Keep a message and answer with the turn's messages when it is finished.

    With `wait` false it answers as soon as the message is kept, without them.
    """
    site = request.app[SITE]
    body = await read_object(request)
    key = body.get("key")
    if key is not None and not is_key(key):
        raise Refused(422, "bad_key", "key must have 8 to 64 letters, digits or signs.")
    kept = await site.intake.receive(
        "widget",
        address_of(request),
        body.get("conversation"),
        body.get("text"),
        key,
        checked_claim(body.get("claim")),
    )
    if body.get("wait") is False:
        return web.json_response({"conversation": kept.token, "messages": []})
    try:
        entries = await site.conversations.finished(kept.turn, site.limits.turn_seconds)
    except TimeoutError as error:
        # With the token, so that the answer can be fetched from the transcript later.
        refused = refusal_of(error)
        site.metrics.count("candor_refusals_total", refused.code)
        late = {"error": refused.to_dict(site.texts), "conversation": kept.token}
        after = {"Retry-After": str(refused.retry_after)}
        return web.json_response(late, status=refused.status, headers=after)
    messages = [entry.message.to_dict() for entry in entries]
    return web.json_response({"conversation": kept.token, "messages": messages})
