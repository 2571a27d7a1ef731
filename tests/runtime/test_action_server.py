"""The listener that the engine asks for actions."""

import io
import json
from typing import Any

import pytest
from pytest_aiohttp import AiohttpClient

from bot.runtime.action_server import action_app

TOKEN = "a token of thirty-two characters"


async def answer(call: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    if call.get("next_action") == "action_unknown":
        return 404, {"error": "action_unknown was not run", "action_name": "action_unknown"}
    return 200, {"events": [], "responses": [{"custom": {"size": len(str(call))}}]}


async def test_a_call_with_the_token_is_answered(aiohttp_client: AiohttpClient) -> None:
    client = await aiohttp_client(action_app(answer, TOKEN))
    # As large as a long conversation with its domain: more than aiohttp takes by itself.
    call = json.dumps({"next_action": "action_answer", "tracker": "x" * (4 << 20)}).encode()
    response = await client.post("/webhook", params={"token": TOKEN}, data=io.BytesIO(call))
    assert response.status == 200
    assert (await response.json())["responses"]


async def test_an_unknown_action_is_said_so(aiohttp_client: AiohttpClient) -> None:
    client = await aiohttp_client(action_app(answer, TOKEN))
    call = {"next_action": "action_unknown"}
    response = await client.post("/webhook", params={"token": TOKEN}, json=call)
    assert response.status == 404
    assert (await response.json())["action_name"] == "action_unknown"


@pytest.mark.parametrize("token", ["", "wrong", "ü", TOKEN + "x"])
async def test_without_the_token_nothing_is_done(aiohttp_client: AiohttpClient, token: str) -> None:
    client = await aiohttp_client(action_app(answer, TOKEN))
    assert (await client.post("/webhook", params={"token": token}, json={})).status == 401


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff"])
async def test_what_is_no_call_is_refused(aiohttp_client: AiohttpClient, body: bytes) -> None:
    client = await aiohttp_client(action_app(answer, TOKEN))
    response = await client.post("/webhook", params={"token": TOKEN}, data=body)
    assert response.status == 400
