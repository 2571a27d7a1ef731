"""Narrow screens, and browsers without JavaScript."""

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, expect

from tests.e2e.steps import ask, open_widget
from tests.web.clinic_site import ClinicSite

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("width", [320, 390, 1280])
async def test_no_page_needs_sideways_scrolling(
    browser: Browser, server: TestServer, site: ClinicSite, width: int
) -> None:
    size = {"width": width, "height": 700}
    context = await browser.new_context(base_url=site.settings.public_url, viewport=size)
    page = await context.new_page()
    for path in ("/", "/ask", "/learn", "/learn/permanence", "/demo/booking"):
        await page.goto(path)
        assert await page.evaluate("document.documentElement.scrollWidth") <= width, path
    await open_widget(page)
    await ask(page, "when will my knee feel better")
    await expect(page.locator(".line.reply")).to_have_count(1)
    assert await page.locator(".scroll").evaluate("(box) => box.scrollWidth <= box.clientWidth")
    await context.close()


async def test_it_works_without_javascript(
    browser: Browser, server: TestServer, site: ClinicSite
) -> None:
    context = await browser.new_context(
        base_url=site.settings.public_url, java_script_enabled=False
    )
    page = await context.new_page()
    await page.goto("/")
    await page.get_by_role("link", name="Is it permanent?", exact=True).click()
    await page.get_by_role("button", name="Send").click()
    await expect(page.locator("#latest")).to_contain_text("it isn't always permanent")
    await page.get_by_role("link", name="Read where this stands").first.click()
    await expect(page.locator("mark").first).to_be_visible()
    await context.close()
