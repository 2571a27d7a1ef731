"""The widget over reloads, gaps and networks that let no socket through."""

import pytest
from playwright.async_api import Page, expect

from tests.e2e.steps import ask, open_widget

pytestmark = pytest.mark.slow


async def test_a_reload_keeps_the_conversation(page: Page) -> None:
    await open_widget(page)
    await ask(page, "is it permanent?")
    await expect(page.locator(".line.reply")).to_have_count(1)
    await page.reload()
    await expect(page.locator(".line.reply")).to_have_count(1)
    await expect(page.locator(".line.patient")).to_contain_text("is it permanent?")
    await ask(page, "when will my knee feel better")
    await expect(page.locator(".line.reply")).to_have_count(2)


async def test_what_is_typed_before_the_site_answers_is_not_lost(page: Page) -> None:
    await page.route("**/api/clinic", lambda route: route.abort(), times=1)
    await open_widget(page)
    await ask(page, "is it permanent?")
    await expect(page.locator(".line.reply")).to_have_count(1)


async def test_without_sockets_it_works_over_plain_requests(page: Page) -> None:
    await page.route_web_socket("**/ws", lambda socket: socket.close())
    await open_widget(page)
    await ask(page, "is it permanent?")
    await expect(page.locator(".line.reply")).to_have_count(1)
    await ask(page, "when will my knee feel better")
    await expect(page.locator(".line.reply")).to_have_count(2)
    await expect(page.locator(".line.patient")).to_have_count(2)


async def test_a_lost_connection_is_told_and_nothing_is_lost(page: Page) -> None:
    await open_widget(page)
    await ask(page, "is it permanent?")
    await expect(page.locator(".line.reply")).to_have_count(1)
    await page.context.set_offline(True)
    await page.evaluate("document.querySelector('candor-widget').conversation.line.socket.close()")
    await ask(page, "when will my knee feel better")
    await expect(page.get_by_text("The connection is gone")).to_be_visible()
    await page.context.set_offline(False)
    await expect(page.locator(".line.reply")).to_have_count(2, timeout=15_000)
    await expect(page.locator(".line.patient")).to_have_count(2)
    await expect(page.get_by_text("The connection is gone")).to_be_hidden()
