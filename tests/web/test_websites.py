"""The widget on another site of the clinic: its pages may ask, foreign ones may not."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient
from pytest_aiohttp import AiohttpClient

from tests.web.clinic_site import clinic_site

OWN = "https://www.clinic.example"
FOREIGN = "https://elsewhere.example"


@pytest.fixture
async def client(tmp_path: Path, aiohttp_client: AiohttpClient) -> AsyncIterator[TestClient]:
    async with clinic_site(tmp_path, "http://clinic.test", websites=f"{OWN}/ http://b") as site:
        yield await aiohttp_client(site.app)


@pytest.mark.parametrize(("origin", "allowed"), [(OWN, OWN), (FOREIGN, None), ("null", None)])
async def test_only_the_clinics_websites_may_read(
    client: TestClient, origin: str, allowed: str | None
) -> None:
    headers = {"Origin": origin}
    facts = await client.get("/api/clinic", headers=headers)
    refused = await client.get("/api/conversations/forged", headers=headers)
    asked = await client.options("/api/messages", headers=headers)
    assert (facts.status, refused.status, asked.status) == (200, 404, 204)
    for response in (facts, refused, asked):
        assert response.headers.get("Access-Control-Allow-Origin") == allowed
        assert response.headers["Vary"] == "Origin"
    assert ("Access-Control-Allow-Headers" in asked.headers) == bool(allowed)


async def test_the_widget_there_may_connect(client: TestClient) -> None:
    async with client.ws_connect("/ws", headers={"Origin": OWN}) as socket:
        await socket.send_json({"type": "hello", "conversation": None})
        assert (await socket.receive_json())["type"] == "ready"
