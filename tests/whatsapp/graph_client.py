"""The client of Graph as tests make it, and what its failures must not tell."""

import traceback
from collections.abc import Awaitable
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.channels.whatsapp.graph import Graph, NotSent, Unsure
from tests.whatsapp.account import NUMBER_ID, TOKEN

PHONE = "+447700900123"
SECRETS = (PHONE.lstrip("+"), "my knee hurts", TOKEN, NUMBER_ID, "ob-1")


def client(session: ClientSession, base: str, **changes: Any) -> Graph:  # noqa: ANN401
    """A client of the fake Graph, which waits half a second."""
    names: dict[str, Any] = {
        "version": "v24.0",
        "number_id": NUMBER_ID,
        "token": TOKEN,
        "timeout": 1.0,
    }
    return Graph(session, base, **names | changes)


def text(body: str = "my knee hurts", **more: object) -> dict[str, Any]:
    """The payload of a text."""
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": PHONE,
        "type": "text",
        "text": {"body": body},
        "biz_opaque_callback_data": "ob-1",
        **more,
    }


async def refused(call: Awaitable[object]) -> NotSent:
    """Return the refusal of a call, which tells nothing of what was sent."""
    with pytest.raises(NotSent) as caught:
        await call
    _tells_nothing(caught.value)
    return caught.value


async def unsure(call: Awaitable[object]) -> None:
    """Make sure that a call doesn't know what became of it."""
    with pytest.raises(Unsure) as caught:
        await call
    _tells_nothing(caught.value)


def _tells_nothing(error: BaseException) -> None:
    told = "".join(traceback.format_exception(error, limit=0)) + repr(error)
    assert not [secret for secret in SECRETS if secret in told]
    assert error.__cause__ is None
    assert error.__context__ is None
