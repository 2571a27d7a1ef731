"""Managers read who did what."""

from aiohttp import web

from bot.desk.gate import PAGE
from bot.desk.visit import Visit
from bot.desk.words import ACTIONS


async def show(visit: Visit) -> web.Response:
    """Show a page of the audit, the newest entries first."""
    before = _number(visit.request.query.get("before"))
    found = await visit.console.gate.store.audited(before, PAGE + 1)
    await visit.audit("audit.read", detail=f"before {before}" if before else None)
    return visit.page(
        "audit.html",
        entries=found[:PAGE],
        older=found[PAGE - 1].id if len(found) > PAGE else None,
        newest=before is None,
        actions=ACTIONS,
    )


def _number(text: str | None) -> int | None:
    good = text is not None and text.isascii() and text.isdigit() and len(text) < 10
    return int(text) if text and good else None
