"""Every state of the widget, on a phone and a desktop, light and dark: pictured, and held to WCAG.

The pictures lie in build/pictures, to be looked at.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, Route, expect

from tests.e2e.axe import violations
from tests.e2e.steps import LAUNCHER, ask, open_widget
from tests.staff import person
from tests.web.clinic_site import ROOT, ClinicSite

pytestmark = pytest.mark.slow

PICTURES = ROOT / "build" / "pictures"
SIZES = {"desktop": {"width": 1280, "height": 860}, "phone": {"width": 390, "height": 844}}
# What a finger must hit; links within a sentence are exempt.
SMALL_TARGETS = """() => [...document.querySelector("candor-widget").shadowRoot
  .querySelectorAll("button, summary, textarea, a:not(p a, .bubble > ul a)")]
  .filter((node) => node.checkVisibility() && node.getBoundingClientRect().width)
  .filter((node) => ["width", "height"].some((side) => node.getBoundingClientRect()[side] < 44))
  .map((node) => node.outerHTML.slice(0, 90))"""
SIDEWAYS = """() => [...document.querySelector("candor-widget").shadowRoot
  .querySelectorAll(".scroll, .panel, .menu, .head, .foot, form")]
  .filter((node) => node.checkVisibility() && node.scrollWidth > node.clientWidth + 1)
  .map((node) => node.className || node.localName)"""


@asynccontextmanager
async def visit(
    browser: Browser, site: ClinicSite, device: str, **options: object
) -> AsyncIterator[Page]:
    options = {"viewport": SIZES[device], "reduced_motion": "reduce", **options}
    context = await browser.new_context(base_url=site.settings.public_url, **options)
    yield await context.new_page()
    await context.close()


async def check(page: Page, name: str) -> None:
    """Take a picture, and find nothing that keeps somebody out."""
    await page.wait_for_timeout(60)
    PICTURES.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=PICTURES / f"{name}.png")
    assert await violations(page) == [], name
    assert await page.evaluate(SMALL_TARGETS) == [], name
    assert await page.evaluate(SIDEWAYS) == [], name


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", SIZES)
async def test_every_state_is_for_everyone(
    browser: Browser, server: TestServer, site: ClinicSite, device: str, scheme: str
) -> None:
    async with visit(browser, site, device, color_scheme=scheme) as page:
        await tour(page, site, f"{device}-{scheme}")


async def tour(page: Page, site: ClinicSite, name: str) -> None:
    await answers(page, name)
    await people(page, site, name)
    await troubles(page, name)
    await deletion(page, name)


async def answers(page: Page, name: str) -> None:
    replies = page.locator(".line.reply")
    await page.goto("/")
    await expect(page.get_by_role("button", name=LAUNCHER)).to_be_visible()
    await check(page, f"{name}-01-closed")
    await open_widget(page)
    await check(page, f"{name}-02-introduction")
    await ask(page, "is it permanent?")
    await expect(replies).to_have_count(1)
    await check(page, f"{name}-03-answer")
    await page.locator(".scroll").evaluate("(box) => box.scrollTo(0, box.scrollHeight)")
    await check(page, f"{name}-04-sources-and-booking")
    await page.get_by_role("button", name="No", exact=True).click()
    await check(page, f"{name}-05-why-not-helpful")
    await ask(page, "when will my knee feel better")
    await expect(replies).to_have_count(2)
    await check(page, f"{name}-06-timeline")
    await ask(page, "what does it cost")
    await expect(replies).to_have_count(3)
    await check(page, f"{name}-07-declined")


async def people(page: Page, site: ClinicSite, name: str) -> None:
    replies = page.locator(".line.reply")
    await page.locator("summary", has_text="Talk to the clinic").click()
    await check(page, f"{name}-08-ways-to-the-clinic")
    await page.keyboard.press("Escape")
    await ask(page, "I can't breathe")
    await expect(replies).to_have_count(4)
    await check(page, f"{name}-09-urgent")
    [conversation] = site.assistant.conversations
    await site.conversations.speak(
        conversation, person("Mara Lind"), "Good morning, I have read it all."
    )
    await expect(replies).to_have_count(5)
    await check(page, f"{name}-10-staff")


async def troubles(page: Page, name: str) -> None:
    await page.context.set_offline(True)
    await ask(page, "are you still there?")
    await expect(page.get_by_text("Not sent yet")).to_be_visible()
    await expect(page.get_by_text("The connection is gone")).to_be_visible()
    await check(page, f"{name}-11-offline")
    await page.context.set_offline(False)
    await expect(page.get_by_text("Not sent yet")).to_be_hidden(timeout=15_000)
    field = page.get_by_label("Your question")
    await field.evaluate("(field) => field.removeAttribute('maxlength')")
    await ask(page, "far too long " * 200)
    await expect(page.locator(".refused")).to_be_visible()
    await check(page, f"{name}-12-refused")
    await field.fill("")


async def deletion(page: Page, name: str) -> None:
    await page.get_by_label("Options").click()
    await check(page, f"{name}-13-options")
    await page.get_by_role("button", name="Delete it", exact=True).click()
    await check(page, f"{name}-14-delete")
    await page.get_by_role("button", name="Delete it for good").click()
    await expect(page.get_by_text("The conversation is deleted.")).to_be_visible()
    await expect(page.locator(".head")).to_contain_text("Automatic assistant")
    await check(page, f"{name}-15-deleted")


async def answered(page: Page) -> None:
    await open_widget(page)
    await ask(page, "is it permanent?")
    await expect(page.locator(".line.reply")).to_have_count(1)


async def test_it_fits_the_narrowest_screens_and_large_print(
    browser: Browser, server: TestServer, site: ClinicSite
) -> None:
    # A desktop of 1280 by 860 at 200 % zoom, and a phone of 320.
    for name, width, height in (("zoomed", 640, 430), ("narrow", 320, 568)):
        async with visit(
            browser, site, "phone", viewport={"width": width, "height": height}
        ) as page:
            await answered(page)
            await check(page, f"{name}-answer")
            await page.get_by_label("Options").click()
            await check(page, f"{name}-options")
            box = await page.get_by_label("Your question").bounding_box()
            log = await page.locator(".scroll").bounding_box()
            assert box is not None
            assert log is not None
            assert box["y"] + box["height"] <= height
            assert log["height"] >= 130


async def test_it_keeps_its_shapes_in_forced_colours(
    browser: Browser, server: TestServer, site: ClinicSite
) -> None:
    async with visit(browser, site, "phone", forced_colors="active") as page:
        await answered(page)
        await check(page, "forced-colours")
        edge = "(node) => getComputedStyle(node).borderStyle"
        for part in (".patient .bubble", ".reply .bubble", ".booking", ".send"):
            assert await page.locator(part).first.evaluate(edge) == "solid", part


async def test_it_reads_from_right_to_left(
    browser: Browser, server: TestServer, site: ClinicSite
) -> None:
    async with visit(browser, site, "desktop") as page:

        async def turn(route: Route) -> None:
            response = await route.fetch()
            await route.fulfill(
                response=response, body=(await response.text()).replace('"ltr"', '"rtl"')
            )

        await page.route("**/widget/words.json*", turn)
        await answered(page)
        await check(page, "right-to-left")
        launcher = await page.get_by_role("dialog").bounding_box()
        assert launcher is not None
        assert launcher["x"] < 40
        own = await page.locator(".patient .bubble").bounding_box()
        reply = await page.locator(".reply .bubble").bounding_box()
        assert own is not None
        assert reply is not None
        assert own["x"] < reply["x"] + 40


async def test_nothing_moves_for_those_who_asked_for_calm(
    browser: Browser, server: TestServer, site: ClinicSite
) -> None:
    async with visit(browser, site, "desktop") as page:
        await answered(page)
        moving = "document.querySelector('candor-widget').shadowRoot.getAnimations().length"
        assert await page.evaluate(moving) == 0
