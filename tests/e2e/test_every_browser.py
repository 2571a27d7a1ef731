"""Narrow screens, and browsers without JavaScript."""

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, expect

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
    for path in ("/", "/ask", "/faq", "/learn", "/learn/permanence", "/demo/booking"):
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


async def test_every_answer_can_be_read_without_javascript(
    browser: Browser, server: TestServer, site: ClinicSite
) -> None:
    context = await browser.new_context(
        base_url=site.settings.public_url, java_script_enabled=False
    )
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    await page.goto("/faq")
    await page.get_by_text("How long results last").first.click()
    await page.get_by_role("navigation").get_by_text("Does it wear off?").click()
    asked = page.locator("article", has=page.locator("#wears-off"))
    await expect(asked).to_be_in_viewport()
    await expect(
        asked.get_by_text("doesn't wear off in the way that a medicine does")
    ).to_be_visible()
    await asked.get_by_role("link", name="Does it wear off?", exact=True).click()
    await expect(page.locator("mark").first).to_be_visible()
    await page.go_back()
    await asked.get_by_role("link", name="Ask about this").click()
    await expect(page.get_by_label("Your question")).to_have_value("Does it wear off?")
    assert not complaints
    await context.close()


async def test_a_question_of_the_page_is_asked_in_the_chat(page: Page) -> None:
    await page.goto("/faq")
    await page.get_by_role("link", name="Ask about this: Is it permanent?").click()
    await expect(page.locator(".line.reply")).to_contain_text("it isn't always permanent")
