"""What a patient does with the widget, step by step."""

from playwright.async_api import Page, expect


async def open_widget(page: Page) -> None:
    await page.goto("/")
    await page.get_by_role("button", name="Ask a question").click()
    await expect(page.get_by_role("dialog")).to_be_visible()


async def ask(page: Page, text: str) -> None:
    await page.get_by_label("Your question").fill(text)
    await page.keyboard.press("Enter")
