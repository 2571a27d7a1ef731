"""Takes the README's pictures anew, of the real site with its real engine."""

import asyncio
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from playwright.async_api import Browser, Page, async_playwright, expect

from bot.conversation import Person
from bot.desk.gate import Gate
from bot.desk.passwords import Passwords
from bot.store import open_store
from bot.store.desk import DeskStore
from bot.store.desk.figures import Figures
from tests.desk.desk_client import PASSWORD, add
from tests.e2e.busy_day import write_day
from tests.e2e.conftest import CHROMIUM, FLAGS
from tests.e2e.steps import ask, open_widget
from tests.e2e.test_desk import sign_in
from tests.runtime.served import serving, until

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
DESKTOP, PHONE = (1280, 860), (390, 844)
VIEWS = (
    ("chat", DESKTOP, "light"),
    ("chat-dark", DESKTOP, "dark"),
    ("phone", PHONE, "light"),
    ("phone-dark", PHONE, "dark"),
)


async def main() -> int:
    """Write every picture into docs/pictures."""
    with TemporaryDirectory() as folder:
        async with serving(Path(folder)) as served, async_playwright() as playwright:
            await until(served, ready=True)
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for name, size, scheme in VIEWS:
                page = await _visit(browser, served.origin, size, scheme)
                await (_picture_chat if size is DESKTOP else _picture_phone)(page, name)
            await _picture_article(await _visit(browser, served.origin, DESKTOP, "light"))
            ids = await _busy_day(Path(folder))
            await _picture_desk(await _visit(browser, served.origin, DESKTOP, "light"), ids)
            await browser.close()
    return 0


async def _visit(browser: Browser, origin: str, size: tuple[int, int], scheme: str) -> Page:
    context = await browser.new_context(
        base_url=origin,
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    return await context.new_page()


async def _answered(page: Page, question: str) -> None:
    before = await page.locator(".line.reply").count()
    await ask(page, question)
    await expect(page.locator(".line.reply")).to_have_count(before + 1)


async def _save(page: Page, name: str) -> None:
    await page.wait_for_timeout(400)
    await page.screenshot(path=PICTURES / f"{name}.png")


async def _picture_chat(page: Page, name: str) -> None:
    await open_widget(page)
    await _answered(page, "is it permanent?")
    await page.locator(".scroll").evaluate("(box) => box.scrollTo(0, 150)")
    await page.locator(".booking").last.scroll_into_view_if_needed()
    await _save(page, name)


async def _picture_phone(page: Page, name: str) -> None:
    await open_widget(page)
    await _answered(page, "my knee was done three weeks ago and I feel nothing yet")
    await _save(page, name)


async def _picture_article(page: Page) -> None:
    await open_widget(page)
    await _answered(page, "is it permanent?")
    async with page.expect_popup() as popup:
        await page.locator(".sources a").first.click()
    article = await popup.value
    await article.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    await expect(article.locator("mark").first).to_be_in_viewport()
    await _save(article, "article")


async def _busy_day(folder: Path) -> Mapping[str, str]:
    """Fill the running site's database with an invented day, and with somebody to look at it."""
    store = await open_store(f"sqlite:///{folder / 'candor.db'}")
    try:
        anna = await add(Gate(DeskStore(store.database), Passwords(), "p" * 40), "anna", "manager")
        await Figures(store.database).count(ZoneInfo("Europe/London"))
        me, now = Person(anna.id, anna.name), datetime.now(UTC)
        return await store.database.write(partial(write_day, now=now, me=me))
    finally:
        await store.close()


async def _picture_desk(page: Page, ids: Mapping[str, str]) -> None:
    await page.goto("/desk")
    await sign_in(page, "anna", PASSWORD)
    await expect(page.get_by_role("heading", name="Waiting for a person")).to_be_visible()
    await _save(page, "desk-inbox")
    await page.goto(f"/desk/conversations/{ids['Sofia Marchetti']}")
    await page.get_by_label("Your reply, as Anna").fill("I ask Dr Hale and come back to you today.")
    await _save(page, "desk-conversation")
    await page.goto("/desk/ask")
    await page.locator("[data-search]").fill("is it permanent")
    await page.keyboard.press("Enter")
    await expect(page.locator(".quotation").first).to_be_visible()
    await _save(page, "desk-ask")
    await page.goto("/desk/reports")
    await _save(page, "desk-reports")


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
