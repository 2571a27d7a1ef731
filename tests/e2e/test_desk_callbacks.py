"""The list of people to ring in a real browser, pictured, and held to WCAG."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, expect

from bot.conversation.callbacks import CallBack
from bot.store.desk import callbacks
from tests.desk.desk_client import PASSWORD, add
from tests.e2e.test_desk import SIZES, check, sign_in, visit
from tests.web.clinic_site import ClinicSite

pytestmark = pytest.mark.slow

LONG = "my husband's hip: he had an injection last year, it is sore again, and he can't get up here"
WAITING = (
    ("Priya Raman", "+447700900142", "as soon as possible", -3.0, "prices"),
    ("Oluwaseun Adebayo-Williams", "+441632960123", "“when the kids are at school”", 1.0, LONG),
    ("Tom Reed", "+12025550143", "Thursday 3 December, in the morning", 60.0, ""),
)


async def fill(site: ClinicSite) -> None:
    now = datetime.now(UTC)
    for name, number, when, hours, about in WAITING:
        conversation = await site.store.start("whatsapp" if "Tom" in name else "widget")
        wish = CallBack(name, number, when, now + timedelta(hours=hours), about)
        keep = partial(callbacks.keep, of=conversation, wish=wish, now=now)
        await site.store.database.write(keep)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", SIZES)
async def test_the_list_is_for_everyone(
    browser: Browser, server: TestServer, site: ClinicSite, device: str, scheme: str
) -> None:
    await add(site.gate, "anna")
    name = f"callbacks-{device}-{scheme}"
    async with visit(browser, site, viewport=SIZES[device], color_scheme=scheme) as page:
        await page.goto("/desk/callbacks")
        await sign_in(page, "anna", PASSWORD)
        await check(page, f"{name}-1-empty")
        await fill(site)
        await page.goto("/desk/callbacks")
        await check(page, f"{name}-2-waiting")
        for _ in range(3):
            await page.get_by_role("button", name="Priya Raman: No answer").click()
        await expect(page.get_by_text("Nobody answered 3 times.")).to_be_visible()
        await check(page, f"{name}-3-tried")
        await page.get_by_role("button", name="Oluwaseun Adebayo-Williams: Booked").click()
        await expect(page.get_by_role("status")).to_have_text("Struck off the list.")
        await page.get_by_role("link", name="Done").click()
        await check(page, f"{name}-4-done")
        await page.get_by_role("button", name="put back on the list").click()
        await expect(page.get_by_text("Oluwaseun")).to_be_visible()
        await page.get_by_role("link", name="Add one by hand").click()
        await page.get_by_label("Name").fill("Sam Carter")
        await page.get_by_label("Telephone number").fill("12345")
        await page.get_by_role("button", name="Add").click()
        await expect(page.get_by_role("alert")).to_contain_text("not a telephone number")
        await check(page, f"{name}-5-by-hand")
