"""The time that the widget takes of a page's main thread, in a browser held to one core."""

import os
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, async_playwright

from bench.browser import measured
from bot.runtime.ports import free_port
from tests.e2e.conftest import CHROMIUM, FLAGS
from tests.web.clinic_site import clinic_site

TIMES = 10
LAUNCHER, FIELD = "Ask a question", "Your question"
# Both pages are asked and pressed alike, so that what the measuring itself costs falls out.
WITH = '<script src="{host}/widget.js" defer></script>'
WITHOUT = (
    f'<button popovertarget="panel">{LAUNCHER}</button>'
    f'<div popover id="panel"><label>{FIELD}<textarea></textarea></label></div>'
)
# Metrics are in seconds of the thread's own time: waiting for the core doesn't count.
ROWS = {
    "scripts": ("ScriptDuration",),
    "style and layout": ("RecalcStyleDuration", "LayoutDuration"),
    "everything": ("TaskDuration",),
}


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of each row, until the launcher is there and from its press to the field."""

    load: Mapping[str, float]
    opening: Mapping[str, float]


def measure_times() -> str:
    """Return what the widget adds to a bare page; StepFailed if no browser can measure it."""
    return measured("The widget's time", _measure)


async def _measure() -> str:
    with TemporaryDirectory() as folder:
        pinned = hasattr(os, "sched_setaffinity")
        program = _pinned_browser(Path(folder)) if pinned else CHROMIUM
        async with _pages(Path(folder)) as (bare, whole), async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=program, args=FLAGS)
            costs = [
                (await _cost(browser, bare), await _cost(browser, whole)) for _ in range(1 + TIMES)
            ]
            version = browser.version
            await browser.close()
    # The first of them warm the browser itself up.
    without, within = zip(*costs[1:], strict=True)
    where = "on one core." if pinned else "on all cores: this system can't hold it to one."
    said = f"Medians of {TIMES} first visits each, in turn, with Chromium {version} {where}"
    return f"{_table(without, within)}\n{said}"


def _pinned_browser(folder: Path) -> str:
    """Write a program that starts the browser on one core, for it and all its processes."""
    program = folder / "browser"
    core = min(os.sched_getaffinity(0))
    program.write_text(
        f"#!{sys.executable}\nimport os, sys\n"
        f"os.sched_setaffinity(0, {{{core}}})\n"
        f"os.execv({CHROMIUM!r}, [{CHROMIUM!r}, *sys.argv[1:]])\n"
    )
    program.chmod(0o755)
    return str(program)


@asynccontextmanager
async def _pages(folder: Path) -> AsyncIterator[tuple[str, str]]:
    """Serve the clinic's site, and on another site two pages, one with the widget's tag."""
    host = f"http://127.0.0.1:{free_port()}"

    async def show(request: web.Request) -> web.Response:
        tag = WITH.format(host=host) if request.path == "/with" else WITHOUT
        html = f'<!doctype html><html lang="en"><title>A clinic</title><h1>A clinic</h1>{tag}'
        return web.Response(text=html, content_type="text/html")

    pages = web.Application()
    pages.add_routes([web.get("/with", show), web.get("/without", show)])
    async with TestServer(pages, host="localhost") as other:
        address = f"http://localhost:{other.port}"
        async with (
            clinic_site(folder, host, websites=address) as site,
            TestServer(site.app, port=int(host.rpartition(":")[2])),
        ):
            yield f"{address}/without", f"{address}/with"


async def _cost(browser: Browser, url: str) -> Cost:
    context = await browser.new_context()
    page = await context.new_page()
    session = await context.new_cdp_session(page)
    await session.send("Performance.enable", {"timeDomain": "threadTicks"})

    async def read() -> Mapping[str, float]:
        metrics = (await session.send("Performance.getMetrics"))["metrics"]
        seconds = {metric["name"]: metric["value"] for metric in metrics}
        return {row: 1000 * sum(seconds[name] for name in names) for row, names in ROWS.items()}

    await page.goto(url)
    launcher = page.get_by_role("button", name=LAUNCHER)
    await launcher.wait_for()
    loaded = await read()
    await launcher.click()
    await page.get_by_label(FIELD).wait_for()
    opened = await read()
    await context.close()
    return Cost(loaded, {row: opened[row] - loaded[row] for row in ROWS})


def _table(without: Sequence[Cost], within: Sequence[Cost]) -> str:
    """Return the medians of both pages, and what the widget adds to them."""
    lines = [f"{'main thread, ms':<36}{'bare page':>12}{'with widget':>12}{'added':>12}"]
    parts: tuple[tuple[str, Callable[[Cost], Mapping[str, float]]], ...] = (
        ("to the launcher", lambda cost: cost.load),
        ("to open the chat", lambda cost: cost.opening),
    )
    for title, part in parts:
        for row in ROWS:
            bare, whole = (median(part(c)[row] for c in costs) for costs in (without, within))
            lines.append(
                f"{title + ', ' + row:<36}{bare:>12.1f}{whole:>12.1f}{whole - bare:>12.1f}"
            )
    return "\n".join(lines)
