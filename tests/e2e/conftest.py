"""A real browser before the real site; skipped with a word where no Chromium is installed."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, async_playwright
from pytest_aiohttp import AiohttpServer

from tests.web.clinic_site import ClinicSite, clinic_site

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
BROKEN_ON_PURPOSE = ("net::ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


@pytest.fixture
async def site(tmp_path: Path, unused_tcp_port: int) -> AsyncIterator[ClinicSite]:
    async with clinic_site(tmp_path, f"http://127.0.0.1:{unused_tcp_port}") as built:
        yield built


@pytest.fixture
async def server(site: ClinicSite, aiohttp_server: AiohttpServer) -> TestServer:
    return await aiohttp_server(site.app, port=int(site.settings.public_url.rpartition(":")[2]))


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.fail("no Chromium found; install the package chromium to run these tests")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
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
