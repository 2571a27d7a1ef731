"""The main job with nothing replaced: a real browser, the real application, the real engine."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.steps import ask, open_widget
from tests.runtime.served import serving, until

pytestmark = pytest.mark.slow


async def test_a_patient_asks_reads_the_source_and_books(browser: Browser, tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await until(served, ready=True)
        page = await browser.new_page(base_url=served.origin)
        await open_widget(page)
        await ask(page, "when will my knee feel better")
        await expect(page.get_by_text("Many patients notice their knee improving")).to_be_visible()

        async with page.context.expect_page() as opened:
            await page.get_by_role("link", name="The timeline in short").first.click()
        article = await opened.value
        await expect(article.locator("mark").first).to_be_visible()
        marked = " ".join(await article.locator("mark").all_inner_texts())
        assert "Many patients notice their knee improving" in marked

        async with page.context.expect_page() as opened:
            await page.get_by_role("log").get_by_role("link", name="Book").click()
        await expect((await opened.value).get_by_role("heading").first).to_be_visible()
        async with served.client.get("/metrics") as metrics:
            assert 'candor_bookings_total{counted="yes"} 1' in await metrics.text()
