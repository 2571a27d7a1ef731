"""The widget on another site of the clinic: its pages may ask, foreign ones may not."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient
from pytest_aiohttp import AiohttpClient

from bot.channels.widget.origin import origin_of
from tests.web.clinic_site import bearer, clinic_site

OWN = "https://www.clinic.example"
FOREIGN = "https://elsewhere.example"


@pytest.fixture
async def client(tmp_path: Path, aiohttp_client: AiohttpClient) -> AsyncIterator[TestClient]:
    async with clinic_site(tmp_path, "http://clinic.test", websites=f"{OWN}/ http://b") as site:
        yield await aiohttp_client(site.app)


@pytest.mark.parametrize(("origin", "allowed"), [(OWN, True), (FOREIGN, False), ("null", False)])
async def test_only_the_clinics_websites_may_ask(
    client: TestClient, origin: str, allowed: bool
) -> None:
    headers = {"Origin": origin}
    asked = await client.post("/api/messages", json={"text": "is it permanent?"}, headers=headers)
    read = await client.get("/api/conversation", headers=headers | bearer("forged"))
    may = await client.options("/api/conversation", headers=headers)
    form = await client.post("/ask", data={"text": "is it permanent?"}, headers=headers)
    expected = (200, 404, 204, 200) if allowed else (403, 403, 403, 403)
    assert (asked.status, read.status, may.status, form.status) == expected
    for response in (asked, read, may):
        assert response.headers.get("Access-Control-Allow-Origin") == (origin if allowed else None)
        assert response.headers["Vary"] == "Origin"
    methods = may.headers.get("Access-Control-Allow-Methods", "")
    assert ("DELETE" in methods) is allowed


@pytest.mark.parametrize("path", ["/widget.js", "/static/widget/chat.js", "/widget/words.json"])
async def test_any_page_may_load_the_widgets_files(client: TestClient, path: str) -> None:
    response = await client.get(path, headers={"Origin": FOREIGN})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


async def test_the_widget_there_may_connect(client: TestClient) -> None:
    async with client.ws_connect("/ws", headers={"Origin": OWN}) as socket:
        await socket.send_json({"type": "hello", "conversation": None})
        assert (await socket.receive_json())["type"] == "ready"


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://www.clinic.example/shop", "https://www.clinic.example"),
        ("https://WWW.clinic.example:443", "https://www.clinic.example"),
        ("http://clinic.example:80/", "http://clinic.example"),
        ("http://clinic.example:8080", "http://clinic.example:8080"),
        ("https://klinik-müller.example", "https://xn--klinik-mller-klb.example"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_a_website_is_known_by_what_browsers_call_it(url: str, origin: str) -> None:
    assert origin_of(url) == origin
