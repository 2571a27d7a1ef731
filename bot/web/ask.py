"""Asking without JavaScript: a plain form that carries the same conversation."""

from aiohttp import web

from bot.channels.refusal import MISHAPS, Refused, refusal_of
from bot.conversation import Entry
from bot.web.address import address_of
from bot.web.site import SITE, Site


async def show_form(request: web.Request) -> web.Response:
    """Show the empty form; `text` in the address fills it in."""
    text = request.query.get("text", "")[:2000]
    return request.app[SITE].page("ask.html", token="", entries=[], text=text, problem="")


async def take_question(request: web.Request) -> web.Response:
    """Answer the question that was sent and show the conversation so far."""
    site = request.app[SITE]
    token, text = await _read_form(request)
    try:
        kept = await site.intake.receive("widget", address_of(request), token, text)
        await site.conversations.finished(kept.turn, site.limits.turn_seconds)
        entries = await site.conversations.transcript(kept.conversation)
    except MISHAPS as error:
        return await _show_problem(site, error, token, text)
    return site.page("ask.html", token=kept.token, entries=entries, text="", problem="")


async def _read_form(request: web.Request) -> tuple[str | None, str]:
    """Return the conversation's token and the text; Refused when it isn't our form."""
    try:
        form = await request.post()
    except (ValueError, LookupError):
        # LookupError: a character set that doesn't exist.
        raise Refused(400, "bad_form") from None
    token, text = form.get("conversation"), form.get("text")
    return token if isinstance(token, str) and token else None, str(text or "")


async def _show_problem(site: Site, error: Exception, token: str | None, text: str) -> web.Response:
    """Show what is wrong with what was sent, and keep what was written."""
    refused = refusal_of(error)
    entries: list[Entry] = []
    try:
        if token:
            entries = await site.conversations.transcript(site.intake.conversation(token))
    except MISHAPS:
        token = None
    return site.page(
        "ask.html",
        status=refused.status,
        token=token or "",
        entries=entries,
        text=text,
        problem=refused.words(site.texts),
    )
