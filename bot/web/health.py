"""Whether the site lives, whether it is ready, and what it has counted."""

import asyncio

from aiohttp import web

from bot.web.metrics import CONTENT_TYPE
from bot.web.site import SITE, Check

CHECK_SECONDS = 2


async def live(_request: web.Request) -> web.Response:
    """Answer that the process works."""
    return web.json_response({"status": "live"})


async def ready(request: web.Request) -> web.Response:
    """Answer 200 when every check is well, else 503; each check by name."""
    checks = request.app[SITE].checks
    problems = await asyncio.gather(*(_problem(check) for check in checks.values()))
    results = {
        name: {"ok": problem is None} | ({"problem": problem} if problem else {})
        for name, problem in zip(checks, problems, strict=True)
    }
    well = not any(problems)
    body = {"status": "ready" if well else "not ready", "checks": results}
    return web.json_response(body, status=200 if well else 503)


async def _problem(check: Check) -> str | None:
    try:
        return await asyncio.wait_for(check(), CHECK_SECONDS)
    except TimeoutError:
        return f"no answer within {CHECK_SECONDS} seconds"
    except Exception as error:
        # A broken check must not hide the others.
        return f"the check failed ({type(error).__name__})"


async def show_metrics(request: web.Request) -> web.Response:
    """Send the counts in Prometheus' text format."""
    site = request.app[SITE]
    text = site.metrics.text(site.socket.open)
    return web.Response(body=text.encode(), headers={"Content-Type": CONTENT_TYPE})
