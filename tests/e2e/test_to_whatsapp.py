"""From the chat or the plain form on to WhatsApp: the page with the link, on every screen.

The pictures lie in build/pictures, to be looked at.
"""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, expect

from tests.e2e.axe import violations
from tests.e2e.steps import ask, open_widget
from tests.e2e.test_states import PICTURES, SIZES, check
from tests.whatsapp import clinic_channel as harness
from tests.whatsapp.clinic_channel import Clinic, clinic_channel
from tests.whatsapp.phones import Phone

pytestmark = pytest.mark.slow

PAT = Phone("447700900123", "GB.123", "Pat Doe")
ENTRY = "Go on in WhatsApp"
OVERFLOWS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
MENU = "candor-widget .head details"


@pytest_asyncio.fixture(loop_scope="session")
async def clinic(
    tmp_path: Path, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Clinic]:
    """A clinic with WhatsApp whose pages lead to its own address."""
    monkeypatch.setattr(harness, "PUBLIC", f"http://127.0.0.1:{unused_tcp_port}")
    monkeypatch.setattr(harness, "TestServer", partial(TestServer, port=unused_tcp_port))
    async with clinic_channel(tmp_path) as running:
        yield running


async def visit(browser: Browser, clinic: Clinic, **options: object) -> Page:
    context = await browser.new_context(
        base_url=clinic.webhook.removesuffix("/whatsapp"), reduced_motion="reduce", **options
    )
    return await context.new_page()


async def look(page: Page, name: str) -> None:
    """Take a picture, and find nothing that keeps somebody out."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    assert await violations(page) == [], name
    assert not await page.evaluate(OVERFLOWS), name


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", SIZES)
async def test_the_way_is_for_everyone(
    browser: Browser, clinic: Clinic, device: str, scheme: str
) -> None:
    page = await visit(browser, clinic, viewport=SIZES[device], color_scheme=scheme)
    await open_widget(page)
    await ask(page, "is it permanent?")
    await expect(page.locator(".line.reply")).to_have_count(1)
    await page.get_by_label("Options").click()
    await check(page, f"whatsapp-{device}-{scheme}-1-menu")
    async with page.expect_popup() as popup:
        await page.get_by_role("button", name=ENTRY).click()
    way = await popup.value
    await expect(way.get_by_role("heading", name=ENTRY)).to_be_visible()
    await look(way, f"whatsapp-{device}-{scheme}-2-way")
    await expect(page.locator(f"{MENU}[open]")).to_have_count(0)
    await page.goto("/ask")
    await page.get_by_label("Your question").fill("is it permanent?")
    await page.get_by_role("button", name="Send").click()
    await look(page, f"whatsapp-{device}-{scheme}-3-ask")
    await page.get_by_role("button", name=ENTRY).click()
    await expect(page.get_by_role("img", name="A QR code")).to_be_visible()
    await page.context.close()


@pytest.mark.parametrize("policy", ["strict-origin-when-cross-origin", "no-referrer"])
async def test_the_chat_goes_on_in_whatsapp_and_the_website_shows_it(
    browser: Browser, clinic: Clinic, policy: str
) -> None:
    page = await visit(browser, clinic)
    await page.add_init_script(
        "addEventListener('DOMContentLoaded', () => document.head.append(Object.assign("
        f"document.createElement('meta'), {{ name: 'referrer', content: '{policy}' }})))"
    )
    await open_widget(page)
    await ask(page, "is it permanent?")
    await expect(page.locator(".line.reply")).to_have_count(1)
    await page.get_by_label("Options").click()
    async with page.expect_popup() as popup:
        await page.get_by_role("button", name=ENTRY).click()
    way = await popup.value
    link = await way.get_by_role("link", name="Open WhatsApp").get_attribute("href")
    [text] = parse_qs(urlsplit(link or "").query)["text"]
    # Neither the code nor the way back to the conversation stands in an address.
    assert urlsplit(way.url).path == "/ask/whatsapp"
    assert not urlsplit(way.url).query
    await clinic.patients.say(PAT, text)
    await clinic.said_to(PAT, 1)
    await clinic.patients.say(PAT, "when will my knee feel better?")
    await clinic.said_to(PAT, 2)
    lines = page.locator(".line.patient")
    await expect(lines).to_contain_text(
        ["is it permanent?", "(a code from our website)", "when will my knee feel better?"]
    )
    await page.context.close()


async def test_before_the_first_message_it_leads_to_the_number(
    browser: Browser, clinic: Clinic
) -> None:
    page = await visit(browser, clinic)
    await open_widget(page)
    await page.get_by_label("Options").click()
    async with page.expect_popup() as popup:
        await page.get_by_role("button", name=ENTRY).click()
    way = await popup.value
    await look(way, "whatsapp-nothing-said-yet")
    link = way.get_by_role("link", name="Open WhatsApp")
    assert await link.get_attribute("href") == "https://wa.me/447700900142"
    await page.context.close()
