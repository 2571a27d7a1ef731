"""The reports in a real browser, pictured, and held to WCAG. The pictures lie in build/pictures."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, expect

from bot.store.desk.figures import Figures
from tests.desk.desk_client import PASSWORD, add
from tests.desk.made_up_figures import make_up
from tests.e2e.test_desk import PICTURES, SIZES, check, sign_in, visit
from tests.web.clinic_site import ClinicSite

pytestmark = pytest.mark.slow

DRAWN = """() => [...document.images].filter((one) => one.checkVisibility())
  .every((one) => one.complete && one.naturalWidth && one.clientHeight > 40)"""


@pytest.mark.parametrize(("device", "scheme"), [("desktop", "light"), ("phone", "dark")])
async def test_a_report_is_for_everyone(
    browser: Browser, server: TestServer, site: ClinicSite, device: str, scheme: str
) -> None:
    await add(site.gate, "anna", "manager")
    await Figures(site.store.database).count(ZoneInfo("Europe/London"))
    today = datetime.now(UTC).date()
    await site.store.database.write(lambda connection: make_up(connection, today, 120))
    name = f"{device}-{scheme}-reports"
    async with visit(browser, site, viewport=SIZES[device], color_scheme=scheme) as page:
        await page.goto("/desk/reports")
        await sign_in(page, "anna", PASSWORD)
        await expect(page.get_by_role("heading", name="What is asked most")).to_be_visible()
        await page.wait_for_function(DRAWN)
        await check(page, name)
        for summary in await page.locator("main summary").all():
            await summary.click()
        await check(page, f"{name}-tables")
        await page.get_by_label("From").fill("2001-01-01")
        await page.get_by_role("button", name="Show").click()
        await expect(page.get_by_role("alert")).to_contain_text("more than 366 days")
        await check(page, f"{name}-refused")
        await page.goto("/desk/reports")
        await page.emulate_media(media="print")
        await page.set_viewport_size({"width": 680, "height": 960})
        await page.wait_for_function(DRAWN)
        await page.screenshot(path=PICTURES / f"desk-{name}-print.png", full_page=True)
        await expect(page.get_by_role("navigation")).to_have_count(0)
