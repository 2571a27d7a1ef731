"""The console in a real browser: the whole way in, pictured, and held to WCAG.

The pictures lie in build/pictures, to be looked at.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial

import pyotp
import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, expect

from bot.conversation import Person
from bot.desk import staffing
from tests.desk.desk_client import PASSWORD, add
from tests.e2e.axe import violations
from tests.e2e.busy_day import write_day
from tests.web.clinic_site import ROOT, ClinicSite

pytestmark = pytest.mark.slow

PICTURES = ROOT / "build" / "pictures"
SIZES = {
    "desktop": {"width": 1280, "height": 800},
    "tablet": {"width": 820, "height": 1100},
    "phone": {"width": 390, "height": 844},
}
# Somebody has it, is waited for, and left notes in it.
BUSY = "Sofia Marchetti"
SETTINGS = ("", "/hours", "/closed-days", "/emergency", "-texts/decline.cost")
# What a finger must hit; links within a sentence are exempt, and the links of an error summary.
SMALL_TARGETS = """() => [...document.querySelectorAll(
    "button, nav a, .card, a.button, input:not([type=hidden]), .choice")]
  .filter((node) => node.checkVisibility() && node.getBoundingClientRect().width)
  .filter((node) => node.getBoundingClientRect().height < 44)
  .map((node) => node.outerHTML.slice(0, 90))"""
SIDEWAYS = "() => document.documentElement.scrollWidth > innerWidth"


@asynccontextmanager
async def visit(browser: Browser, site: ClinicSite, **options: object) -> AsyncIterator[Page]:
    context = await browser.new_context(
        base_url=site.settings.public_url, reduced_motion="reduce", **options
    )
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
    yield page
    await context.close()
    # A refused form is told by its status, which the browser's console repeats; what is asked anew
    # while somebody types ends what was asked before.
    expected = ("status of 4", "htmx:sendAbort", "htmx:afterRequest")
    assert not [text for text in complaints if not any(one in text for one in expected)]


async def check(page: Page, name: str) -> None:
    """Take a picture, and find nothing that keeps somebody out."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=PICTURES / f"desk-{name}.png", full_page=True)
    assert await violations(page) == [], name
    assert await page.evaluate(SMALL_TARGETS) == [], name
    assert not await page.evaluate(SIDEWAYS), name


async def sign_in(page: Page, login: str, password: str) -> None:
    await page.get_by_label("Login").fill(login)
    await page.get_by_label("Password").fill(password)
    await page.get_by_role("button", name="Sign in").click()


async def choose(page: Page, password: str) -> None:
    await page.get_by_label("New password").fill(password)
    await page.get_by_label("The same once more").fill(password)
    await page.get_by_role("button", name="Save").click()


@pytest.mark.parametrize(
    ("device", "scheme"),
    [("desktop", "light"), ("desktop", "dark"), ("tablet", "light"), ("phone", "dark")],
)
async def test_every_page_is_for_everyone(
    browser: Browser, server: TestServer, site: ClinicSite, device: str, scheme: str
) -> None:
    anna = await add(site.gate, "anna", "manager")
    await add(site.gate, "ben")
    me, write = Person(anna.id, anna.name), partial(write_day, now=datetime.now(UTC))
    talks = await site.store.database.write(partial(write, me=me))
    await staffing.add(site.gate, None, "cleo", "Cleo Marchetti-Oyelaran", "front_desk")
    await staffing.lock(site.gate, None, await add(site.gate, "dora"))
    name = f"{device}-{scheme}"
    async with visit(browser, site, viewport=SIZES[device], color_scheme=scheme) as page:
        await page.goto("/desk/audit")
        await check(page, f"{name}-01-sign-in")
        await sign_in(page, "anna", "wrong")
        await check(page, f"{name}-02-refused")
        await sign_in(page, "anna", PASSWORD)
        await expect(page.get_by_role("heading", name="Audit")).to_be_visible()
        await check(page, f"{name}-03-audit")
        for number, path in enumerate(
            ("", "/staff", "/staff-new", "/staff/cleo", "/staff/dora", "/account", "/password"), 4
        ):
            await page.goto(f"/desk{path}")
            await check(page, f"{name}-{number:02}{path.replace('/', '-') or '-start'}")
        await _inbox(page, name, talks[BUSY])
        await page.goto("/desk/password")
        await choose(page, "short")
        await check(page, f"{name}-11-password-refused")
        for number, path in enumerate(SETTINGS, 20):
            await page.goto(f"/desk/settings{path}")
            await check(page, f"{name}-{number}-settings{path.replace('/', '-')}")
        await page.goto("/desk/nowhere")
        await check(page, f"{name}-12-nowhere")
        await page.goto("/desk/staff/cleo")
        await page.get_by_role("button", name="New first password").click()
        await check(page, f"{name}-13-first-password")
        await _second_factor(page, name)


async def _inbox(page: Page, name: str, busy: str) -> None:
    """Look at the lists, at a conversation in which much is going on, and at what is found."""
    for number, path in enumerate(("?list=assistant", f"/conversations/{busy}"), 40):
        await page.goto(f"/desk{path}")
        await check(page, f"{name}-{number}-{'list' if number == 40 else 'conversation'}")
    await page.goto("/desk")
    await page.get_by_label("Search conversations").fill("knee")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="3 conversations found")).to_be_visible()
    await check(page, f"{name}-42-found")


async def _second_factor(page: Page, name: str) -> None:
    """Switch the second factor on, and come in by it."""
    await page.goto("/desk/account")
    await page.get_by_label("Your password").fill(PASSWORD)
    await page.get_by_role("button", name="Set it up").click()
    await expect(page.get_by_role("img", name="QR code")).to_be_visible()
    await check(page, f"{name}-14-second-factor")
    key = (await page.locator(".key").inner_text()).replace(" ", "")
    await page.get_by_label("Code", exact=True).fill(pyotp.TOTP(key).now())
    await page.get_by_role("button", name="Switch it on").click()
    await expect(page.get_by_role("status")).to_contain_text("second factor is on")
    await check(page, f"{name}-15-account-on")
    await page.get_by_role("button", name="Sign out", exact=True).click()
    await sign_in(page, "anna", PASSWORD)
    await expect(page.get_by_label("Code")).to_be_visible()
    await check(page, f"{name}-16-code")


async def test_the_whole_way_in(browser: Browser, server: TestServer, site: ClinicSite) -> None:
    _, first = await staffing.add(site.gate, None, "anna", "Anna Kerr", "manager")
    async with visit(browser, site, viewport=SIZES["desktop"]) as page:
        await page.goto("/desk/staff?from=a-bookmark")
        await sign_in(page, "Anna", first)
        await expect(page).to_have_url(f"{site.settings.public_url}/desk/password")
        await choose(page, "anna kerr 1234")
        await expect(page.get_by_role("alert")).to_contain_text("little more than your name")
        await choose(page, PASSWORD)
        await expect(page.get_by_role("heading", name="Inbox")).to_be_visible()
        await page.goto("/desk/account")
        await page.get_by_label("Your password").fill(PASSWORD)
        await page.get_by_role("button", name="Set it up").click()
        key = (await page.locator(".key").inner_text()).replace(" ", "")
        totp = pyotp.TOTP(key)
        await page.get_by_label("Code", exact=True).fill(totp.now())
        await page.get_by_role("button", name="Switch it on").click()
        await expect(page.get_by_role("status")).to_contain_text("second factor is on")
        await page.get_by_role("button", name="Sign out", exact=True).click()
        await expect(page.get_by_role("status")).to_have_text("You are signed out.")
        await page.go_back()
        await page.reload()
        await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        await sign_in(page, "anna", PASSWORD)
        await page.get_by_label("Code").fill("000000")
        await page.get_by_role("button", name="Go on").click()
        await expect(page.get_by_role("alert")).to_contain_text("doesn't fit")
        ahead = pyotp.TOTP(key).at(int(site.gate.now().timestamp()) + 30)
        await page.get_by_label("Code").fill(ahead)
        await page.get_by_role("button", name="Go on").click()
        await expect(page.get_by_role("heading", name="Your account")).to_be_visible()
        await expect(page.get_by_role("status")).to_have_count(0)


async def test_a_manager_changes_a_number_and_undoes_it(
    browser: Browser, server: TestServer, site: ClinicSite
) -> None:
    await add(site.gate, "anna", "manager")
    async with visit(browser, site, viewport=SIZES["phone"]) as page:
        await page.goto("/desk/settings/clinic")
        await sign_in(page, "anna", PASSWORD)
        await page.get_by_label("Telephone", exact=True).fill("call us")
        await page.get_by_role("button", name="Save").click()
        await expect(page.get_by_role("alert")).to_contain_text("not a telephone number")
        await check(page, "phone-light-30-settings-wrong")
        await page.get_by_label("Telephone", exact=True).fill("01632 960 999")
        await page.get_by_role("button", name="Save").click()
        await expect(page.get_by_role("status")).to_contain_text("Saved; in force since")
        await expect(page.get_by_role("textbox", name="Telephone, for")).to_have_value(
            "tel:+441632960999"
        )
        await check(page, "phone-light-31-settings-changed")
        await page.goto("/desk/settings-history")
        await check(page, "phone-light-32-settings-history")
        await page.goto("/desk/settings-texts?q=ring")
        await check(page, "phone-light-33-settings-texts")
        await page.go_back()
        await page.get_by_role("button", name="Undo the change of Telephone of").click()
        await page.goto("/desk/settings/clinic")
        await expect(page.get_by_label("Telephone", exact=True)).to_have_value("01632 960 142")


async def test_too_many_tries_are_told_honestly(
    browser: Browser, server: TestServer, site: ClinicSite
) -> None:
    await add(site.gate, "anna")
    async with visit(browser, site, viewport=SIZES["phone"]) as page:
        await page.goto("/desk")
        for _ in range(5):
            await sign_in(page, "anna", "wrong")
            await expect(page.get_by_role("alert")).to_be_visible()
            await asyncio.sleep(0)
        await expect(page.get_by_role("alert")).to_contain_text("the next try is in 15 minutes")
        await sign_in(page, "anna", PASSWORD)
        await expect(page.get_by_role("alert")).to_contain_text("Too many tries failed")
        await check(page, "phone-light-17-locked-out")
