"""One real browser, started once, before real sites; each test has a context of its own."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.web.clinic_site import ClinicSite, clinic_site

HERE = Path(__file__).parent
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
BROKEN_ON_PURPOSE = ("net::ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)

# Two test files run at once, and one of them may be training or serving an engine.
expect.set_options(timeout=20_000)

Serve = Callable[..., Awaitable[TestServer]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run these tests in one event loop, because the browser's connection lives in it."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(loop_scope="session")
async def serve() -> AsyncIterator[Serve]:
    """Serve an application until the test ends; on a port that is named, or on any."""
    servers: list[TestServer] = []

    async def start(app: web.Application, port: int | None = None) -> TestServer:
        server = TestServer(app, port=port)
        await server.start_server()
        servers.append(server)
        return server

    yield start
    for server in reversed(servers):
        await server.close()


@pytest_asyncio.fixture(loop_scope="session")
async def site(tmp_path: Path, unused_tcp_port: int) -> AsyncIterator[ClinicSite]:
    async with clinic_site(tmp_path, f"http://127.0.0.1:{unused_tcp_port}") as built:
        yield built


@pytest_asyncio.fixture(loop_scope="session")
async def server(site: ClinicSite, serve: Serve) -> TestServer:
    return await serve(site.app, port=int(site.settings.public_url.rpartition(":")[2]))


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.fail("no Chromium found; install the package chromium to run these tests")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, server: TestServer, site: ClinicSite) -> AsyncIterator[Page]:
    """A page of the site; what its console complains of fails the test."""
    context = await browser.new_context(base_url=site.settings.public_url)
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    yield page
    await context.close()
    assert not [text for text in complaints if not text.endswith(BROKEN_ON_PURPOSE)]
