"""How long a conversation takes to open: one of thousands of messages beside a short one."""

import json
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, async_playwright

from bench.browser import measured
from bot.conversation.tokens import sign
from bot.runtime.ports import free_port
from tests.databases import fill
from tests.e2e.conftest import CHROMIUM, FLAGS
from tests.e2e.steps import LAUNCHER
from tests.web.clinic_site import ClinicSite, clinic_site

SHORT, LONG = 10, 5000
TIMES = 10


def measure_long() -> str:
    """Return how long both take to open, from the press to the last line; StepFailed."""
    return measured("A long conversation", _measure)


async def _measure() -> str:
    with TemporaryDirectory() as folder:
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        async with (
            clinic_site(Path(folder), url) as site,
            TestServer(site.app, port=port),
            async_playwright() as playwright,
        ):
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            tokens = [await _conversation(site, lines) for lines in (SHORT, LONG)]
            # In turn, so that a slow minute of the machine falls on both.
            pairs = [
                [await _opening(browser, url, token) for token in tokens] for _ in range(1 + TIMES)
            ]
            await browser.close()
    short, long = (median(times) for times in zip(*pairs[1:], strict=True))
    return (
        f"from the press to the last line of a conversation of {SHORT} messages: {short:.0f} ms\n"
        f"of {LONG:,} messages: {long:.0f} ms, {long / short:.2f} times"
    )


async def _conversation(site: ClinicSite, lines: int) -> str:
    conversation = await site.conversations.start("widget")
    fill(site.store, conversation, lines)
    return sign(site.settings.secret, "conversation", conversation)


async def _opening(browser: Browser, url: str, token: str) -> float:
    """Return the milliseconds from the press to the conversation's last line."""
    context = await browser.new_context()
    kept = json.dumps(json.dumps({"token": token}))
    await context.add_init_script(f"localStorage.setItem('candor', {kept})")
    page = await context.new_page()
    await page.goto(f"{url}/learn")
    launcher = page.get_by_role("button", name=LAUNCHER)
    await launcher.wait_for()
    began = time.perf_counter()
    await launcher.click()
    await page.locator(".line").last.wait_for()
    took = 1000 * (time.perf_counter() - began)
    await context.close()
    return took
