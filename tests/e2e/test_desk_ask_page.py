"""Ask in a real browser: by keyboard alone, at a telephone's pace, and for everyone."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, Route, expect

from bot.desk.console import CONSOLE
from bot.desk.courier import Courier
from bot.web.site import SITE
from tests.desk.desk_client import PASSWORD, add
from tests.e2e.test_desk import SIZES, check, sign_in, visit
from tests.web.clinic_site import ClinicSite, clinic_site

pytestmark = pytest.mark.slow

ANSWERS = "**/desk/ask/answers"


@pytest_asyncio.fixture(loop_scope="session")
async def site(tmp_path: Path, unused_tcp_port: int) -> AsyncIterator[ClinicSite]:
    """A site whose answers go to nobody's telephone."""
    async with clinic_site(tmp_path, f"http://127.0.0.1:{unused_tcp_port}") as built:
        courier = Courier(True, lambda _: False, lambda *ids: "/book", lambda *ids: None)
        built.app[CONSOLE] = replace(built.app[CONSOLE], courier=courier)
        await add(built.gate, "anna")
        yield built


async def begin(page: Page) -> None:
    await page.goto("/desk/ask")
    await sign_in(page, "anna", PASSWORD)
    await expect(page.get_by_label("What does the caller ask?")).to_be_focused()


async def test_a_caller_is_answered_by_keyboard_alone(
    browser: Browser, server: TestServer, site: ClinicSite
) -> None:
    async with visit(browser, site, viewport=SIZES["desktop"]) as page:
        await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        await begin(page)
        keys, search = page.keyboard, page.get_by_label("What does the caller ask?")
        await keys.type("is it permanent")
        await expect(page.locator("blockquote").first).to_contain_text("isn't always permanent")
        await keys.press("Control+c")
        await expect(page.locator("[data-trouble]")).to_have_text("Copied, with its source.")
        copied = await page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith("Stem cell treatment can last a long time")
        assert "/learn/permanence?mark=" in copied
        await keys.press("Escape")
        await expect(page.locator("blockquote")).to_have_count(0)
        await keys.type("is it pai")
        picks = page.locator(".beside-it [data-choice]")
        await expect(picks.first).to_have_text("Does it hurt?")
        await keys.press("ArrowDown")
        await keys.press("ArrowDown")
        await keys.press("ArrowUp")
        await expect(picks.first).to_be_focused()
        await keys.press("Enter")
        await expect(page.locator(".understood")).to_contain_text("Does it hurt?")
        await expect(page.locator("#ask-told")).to_have_text("Answer: Does it hurt?")
        await page.get_by_label("Caller's number").fill("07700 900123")
        await search.focus()
        await keys.press("Control+a")
        await keys.type("I can't breathe")
        alert = page.get_by_role("alert")
        await expect(alert).to_contain_text("Emergency: tell the caller this now")
        await expect(page.get_by_text("Send on WhatsApp")).to_have_count(0)
        await page.locator("h1").click(force=True)
        await keys.press("/")
        await expect(search).to_be_focused()


async def test_another_page_puts_an_answer_into_a_reply(
    browser: Browser, server: TestServer, site: ClinicSite
) -> None:
    macro = '{% import "desk/ask_parts.html" as asking %}{{ asking.insert_search(csrf, "reply") }}'
    async with visit(browser, site, viewport=SIZES["desktop"]) as page:
        await begin(page)
        token = await page.locator("[name=csrf]").first.input_value()
        search = site.app[SITE].templates.from_string(macro).render(csrf=token)
        await page.evaluate(
            """html => {
              const main = document.querySelector("main");
              const reply = `<textarea id="reply" aria-label="Reply">Dear Pat,</textarea>`;
              main.innerHTML = `<h1>A conversation</h1>${reply}${html}`;
              htmx.process(main);
            }""",
            search,
        )
        reply = page.get_by_label("Reply", exact=True)
        await reply.press("Control+End")
        await page.get_by_label("Search the answers").press_sequentially("is it permanent")
        await expect(page.locator("[data-insert]").first).to_contain_text("Is it permanent?")
        await check(page, "desktop-light-insert")
        await page.keyboard.press("Enter")
        await expect(reply).to_be_focused()
        text = await reply.input_value()
        assert text.startswith("Dear Pat,\n\nStem cell treatment can last a long time")
        assert "Source: " in text


async def test_a_late_answer_never_covers_a_newer_one(
    browser: Browser, server: TestServer, site: ClinicSite
) -> None:
    late = asyncio.Event()

    async def hold_back(route: Route) -> None:
        if "breathe" in (route.request.post_data or ""):
            await late.wait()
        await route.continue_()

    async with visit(browser, site, viewport=SIZES["desktop"]) as page:
        await begin(page)
        await page.route(ANSWERS, hold_back)
        async with page.expect_request(ANSWERS):
            await page.keyboard.type("I can't breathe")
        await page.keyboard.press("Control+a")
        await page.keyboard.type("is it permanent")
        await expect(page.locator("blockquote").first).to_be_visible()
        late.set()
        await page.unroute_all(behavior="wait")
        await expect(page.get_by_role("alert")).to_have_count(0)
        # Whoever was signed out meanwhile is led to the entrance, and back.
        await page.context.clear_cookies()
        await page.keyboard.type("?")
        await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


@pytest.mark.parametrize(("device", "scheme"), [("desktop", "dark"), ("phone", "light")])
async def test_ask_is_for_everyone(
    browser: Browser, server: TestServer, site: ClinicSite, device: str, scheme: str
) -> None:
    name = f"{device}-{scheme}-ask"
    async with visit(browser, site, viewport=SIZES[device], color_scheme=scheme) as page:
        await begin(page)
        await check(page, f"{name}-1-empty")
        search = page.get_by_label("What does the caller ask?")
        for number, (words, shown) in enumerate(
            (
                ("is it permanent", "isn't always permanent"),
                ("my knee after how long", "For the knee"),
                ("I can't breathe", "Emergency"),
                ("how much does it cost", "Our documents have nothing"),
            ),
            2,
        ):
            await search.fill(words)
            await expect(page.locator("#ask-answer")).to_contain_text(shown)
            await check(page, f"{name}-{number}-{words.split()[0].lower().replace(chr(39), '')}")
        await page.get_by_role("button", name="Cost").click()
        await expect(page.locator(".reply")).to_contain_text("don't say what treatment costs")
        await check(page, f"{name}-6-decline")
        await search.fill("is it permanent")
        await page.get_by_label("Caller's number").fill("07700 900123")
        await page.get_by_role("button", name="Send on WhatsApp").click()
        await expect(page.locator(".read-back")).to_contain_text("07700 900123")
        await check(page, f"{name}-7-send")
        await page.get_by_role("button", name="Send it").click()
        await expect(page.get_by_role("alert")).to_contain_text("Tick this")
        await check(page, f"{name}-8-unticked")
        await page.get_by_label("The caller asked for this answer").check()
        await page.get_by_role("button", name="Send it").click()
        await expect(page.get_by_role("heading", name="waits for their reply")).to_be_visible()
        await check(page, f"{name}-9-sent")
