"""What a patient does with the widget, step by step."""

from playwright.async_api import Locator, Page, expect

LAUNCHER = "Ask a question"


async def open_widget(page: Page, path: str = "/") -> None:
    await page.goto(path)
    await page.get_by_role("button", name=LAUNCHER).click()
    await expect(page.get_by_role("dialog")).to_be_visible()


async def ask(page: Page, text: str) -> None:
    await page.get_by_label("Your question").fill(text)
    await page.keyboard.press("Enter")


def said(page: Page) -> Locator:
    """The lines of the conversation, in the order in which they are shown."""
    return page.locator(".line:not(.note)")


async def expect_lines(page: Page, *beginnings: str) -> None:
    """Expect exactly these lines in this order, each once; the answers by words in them."""
    await expect(said(page)).to_contain_text(list(beginnings), timeout=20_000)


async def choose(page: Page, menu: str, choice: str) -> None:
    """Open one of the widget's menus and press a button in it."""
    await page.locator("summary").filter(has_text=menu).or_(page.get_by_label(menu)).first.click()
    await page.get_by_role("button", name=choice, exact=True).click()
