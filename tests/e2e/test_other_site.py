"""The widget on the clinic's other website, put there with the one tag of the README."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from playwright.async_api import Browser, Page, expect
from pytest_aiohttp import AiohttpServer

from tests.e2e.steps import ask
from tests.web.clinic_site import ROOT, clinic_site

pytestmark = pytest.mark.slow


def _tag(host: str) -> str:
    [line] = [line for line in (ROOT / "README.md").read_text().splitlines() if "widget.js" in line]
    return line.strip(" `").replace("https://YOUR-HOST", host)


@pytest.fixture
async def other_page(
    tmp_path: Path, browser: Browser, aiohttp_server: AiohttpServer, unused_tcp_port: int
) -> AsyncIterator[Page]:
    host = f"http://127.0.0.1:{unused_tcp_port}"

    async def show(_request: web.Request) -> web.Response:
        html = f"<!doctype html><title>A clinic</title>{_tag(host)}"
        return web.Response(text=html, content_type="text/html")

    other = web.Application()
    other.add_routes([web.get("/", show)])
    # Another name of the same machine is another origin.
    address = f"http://localhost:{(await aiohttp_server(other)).port}"
    async with clinic_site(tmp_path, host, websites=address) as site:
        await aiohttp_server(site.app, port=unused_tcp_port)
        context = await browser.new_context(base_url=address)
        yield await context.new_page()
        await context.close()


@pytest.mark.parametrize("socket", [True, False], ids=["over a socket", "over plain requests"])
async def test_the_widget_works_on_the_other_site(other_page: Page, socket: bool) -> None:
    if not socket:
        await other_page.route_web_socket("**/ws", lambda route: route.close())
    await other_page.goto("/")
    await other_page.get_by_role("button", name="Ask a question").click()
    await ask(other_page, "is it permanent?")
    log = other_page.get_by_role("log")
    await expect(log).to_contain_text("it isn't always permanent", timeout=15_000)
