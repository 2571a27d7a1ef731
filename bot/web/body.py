"""What programs send, one JSON object; and what a page's form sends."""

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.channels.refusal import Refused


async def read_object(request: web.Request) -> dict[str, Any]:
    """Return the request's JSON object; Refused when it is none."""
    if request.content_type != "application/json":
        raise Refused(415, "not_json", "Send JSON, with the content type application/json.")
    try:
        body = json.loads(await request.read())
    except (ValueError, RecursionError, web.RequestPayloadError):
        raise Refused(400, "bad_json", "That is not JSON.") from None
    if not isinstance(body, dict):
        raise Refused(422, "not_object", 'Send a JSON object, such as {"text": "..."}.')
    return body


async def read_form(request: web.Request) -> Mapping[str, object]:
    """Return the fields of a form; Refused when it is none."""
    try:
        return await request.post()
    except (ValueError, LookupError, web.RequestPayloadError):
        # LookupError: a character set that doesn't exist.
        raise Refused(400, "bad_form") from None
