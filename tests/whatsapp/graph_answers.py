"""What Graph answers, and the two ways in which it doesn't."""

import asyncio
import base64
import contextlib
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from tests.whatsapp.account import TOKEN
from tests.whatsapp.graph_errors import Refusal
from tests.whatsapp.graph_faults import Fault, Kind


def check_caller(request: web.Request, expected: str) -> None:
    """Refuse who has not the clinic's token, or asks for another id."""
    if request.headers.get("Authorization") != f"Bearer {TOKEN}":
        raise Refusal(190, "The access token could not be decrypted")
    asked = request.match_info["id"]
    if asked != expected:
        raise Refusal(100, f"Object with ID '{asked}' does not exist", subcode=33)


def new_wamid(number: int) -> str:
    """The id of the message with this number."""
    return "wamid." + base64.b64encode(f"from the clinic {number:08}".encode()).decode()


def sent_answer(payload: Mapping[str, Any], wamid: str) -> web.Response:
    """The answer to an accepted message."""
    contact = {"input": payload.get("to") or payload["recipient"]}
    if "to" in payload:
        contact["wa_id"] = payload["to"].lstrip("+")
    if "recipient" in payload:
        contact["user_id"] = payload["recipient"]
    return web.json_response(
        {"messaging_product": "whatsapp", "contacts": [contact], "messages": [{"id": wamid}]}
    )


async def fail(request: web.Request, fault: Fault, closing: asyncio.Event) -> web.Response:
    """Fail in the way that was asked for; the answer, where there is one."""
    match fault.kind:
        case Kind.CODE:
            raise Refusal(fault.code, f"for {await request.text()}")
        case Kind.HANG | Kind.ACCEPT_HANG:
            await _hang(request, closing)
        case Kind.DROP | Kind.ACCEPT_DROP:
            if request.transport:
                request.transport.abort()
        case Kind.MOVED:
            return web.Response(status=307, headers={"Location": request.path})
        case Kind.ACCEPT_BLANK:
            return web.json_response({"messaging_product": "whatsapp", "messages": []})
    return web.Response(status=500, text="<h1>Sorry, something went wrong.</h1>")


async def _hang(request: web.Request, closing: asyncio.Event) -> None:
    """Say nothing until the caller gives up or the server closes."""
    while not closing.is_set() and request.transport and not request.transport.is_closing():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(closing.wait(), 0.05)
