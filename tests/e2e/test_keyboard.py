"""The widget by keyboard alone, and with what a screen reader is told."""

import pytest
from playwright.async_api import Page, expect

from tests.e2e.steps import LAUNCHER, ask, open_widget

pytestmark = pytest.mark.slow

FOCUSED = """() => {
  let node = document.activeElement;
  while (node.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
  return node.getAttribute("aria-label") || node.innerText.trim().split("\\n")[0];
}"""
PARTS = "document.querySelector('candor-widget').shadowRoot"


async def focused(page: Page) -> str:
    name: str = await page.evaluate(FOCUSED)
    return name


async def walk(page: Page, steps: int) -> list[str]:
    names = []
    for _ in range(steps):
        await page.keyboard.press("Tab")
        names.append(await focused(page))
    return names


async def test_a_whole_visit_needs_no_mouse(page: Page) -> None:
    await page.goto("/")
    launcher = page.get_by_role("button", name=LAUNCHER)
    await launcher.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Your question")).to_be_focused()
    await page.keyboard.type("is it permanent?")
    await page.keyboard.press("Enter")
    await expect(page.locator(".line.reply")).to_have_count(1)
    assert await walk(page, 3) == ["Send", "Talk to the clinic", "Privacy"]
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Enter")
    assert await walk(page, 1) == ["Ring the clinic: 01632 960 142"]
    await page.keyboard.press("Escape")
    assert await focused(page) == "Talk to the clinic"
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await expect(launcher).to_be_focused()


async def test_everything_in_an_answer_is_reached_in_reading_order(page: Page) -> None:
    await open_widget(page)
    await ask(page, "is it permanent?")
    await expect(page.locator(".line.reply")).to_have_count(1)
    await page.get_by_label("Options").focus()
    names = await walk(page, 16)
    answer = names[names.index("Is the result permanent or temporary?") :]
    assert answer[:2] == [
        "Is the result permanent or temporary?",
        "What decides how long results last?",
    ]
    assert answer[2:5] == ["Book a free consultation", "Yes", "No"]
    assert answer[8] == "Your question"


async def test_a_tapped_rating_keeps_the_focus_at_its_place(page: Page) -> None:
    await open_widget(page)
    await ask(page, "is it permanent?")
    await page.get_by_role("button", name="Yes").press("Enter")
    await expect(page.get_by_text("Thank you, that is noted.")).to_be_focused()


async def test_on_a_small_screen_the_page_behind_is_out_of_reach(page: Page) -> None:
    await page.set_viewport_size({"width": 390, "height": 760})
    await open_widget(page)
    names = await walk(page, 14)
    assert "Book" not in names
    assert names.count("Close the chat") >= 1
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name=LAUNCHER)).to_be_focused()


async def test_new_lines_are_read_out_and_old_ones_are_not(page: Page) -> None:
    await open_widget(page)
    await ask(page, "is it permanent?")
    await expect(page.locator(".line.reply")).to_have_count(1)
    log = page.get_by_role("log")
    await expect(log).to_have_attribute("aria-live", "polite")
    await page.reload()
    await expect(page.locator(".line.reply")).to_have_count(1)
    await expect(log).to_have_attribute("aria-live", "off")
    regions = "[role=log], [role=status], [role=alert], [aria-live]"
    assert await page.evaluate(f"{PARTS}.querySelectorAll('{regions}').length") == 1
    for line in await page.locator(".line").all():
        assert (await line.text_content() or "").startswith(("You: ", "Assistant: "))
