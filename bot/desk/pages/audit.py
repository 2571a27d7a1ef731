"""Managers read who did what."""

from aiohttp import web

from bot.conversation.references import reference_of
from bot.desk.gate import PAGE
from bot.desk.visit import Visit
from bot.desk.words import ACTIONS
from bot.store.desk import AuditEntry

OF_CONVERSATIONS = {"conversation", "reply", "booking", "details", "note", "template"}


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
        reference_of=_reference,
    )


def _reference(entry: AuditEntry) -> str:
    """Return how staff call the conversation that an entry is about, "" for another entry."""
    group = entry.action.partition(".")[0]
    return reference_of(entry.about) if entry.about and group in OF_CONVERSATIONS else ""


def _number(text: str | None) -> int | None:
    good = text is not None and text.isascii() and text.isdigit() and len(text) < 10
    return int(text) if text and good else None
