"""Asking without JavaScript: a plain form that carries the same conversation."""

import hashlib
import re
import secrets
from dataclasses import dataclass, replace

from aiohttp import web

from bot.channels.intake import Kept
from bot.channels.refusal import MISHAPS, refusal_of
from bot.channels.widget.page import speaker
from bot.conversation import Conversation, Entry
from bot.web.address import address_of
from bot.web.body import read_form
from bot.web.site import SITE, Site

NEWEST = 50  # entries that the page shows
KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that was sent; without a text it asks for the conversation as it stands."""

    token: str | None
    text: str | None
    key: str | None

    @property
    def message_key(self) -> str | None:
        """The same for the same words from the same form, and another for other words.

        A browser that goes back shows the old form again, and what is written into it then must
        not be taken for what was sent before.
        """
        if self.key is None:
            return None
        return hashlib.sha256(f"{self.key} {self.text}".encode(errors="replace")).hexdigest()


async def show_form(request: web.Request) -> web.Response:
    """Show the empty form; `text` in the address fills it in."""
    return _page(request.app[SITE], text=request.query.get("text", "")[:2000])


async def take_question(request: web.Request) -> web.Response:
    """Answer the question that was sent and show the conversation so far."""
    site = request.app[SITE]
    sent = await _read_form(request)
    late = False
    try:
        if sent.text is None:
            site.intake.look(address_of(request))
        if sent.text is not None or sent.token is None:
            kept = await _keep(site, address_of(request), sent)
            # From here on, sending it again comes back to what was kept.
            sent = replace(sent, token=kept.token)
            late = await _is_late(site, kept)
        return await _show_conversation(site, str(sent.token), late)
    except MISHAPS as error:
        return await _show_problem(site, error, sent)


async def _read_form(request: web.Request) -> Sent:
    """Return what was sent; Refused when it isn't our form."""
    form = await read_form(request)
    token, text, key = (form.get(name) for name in ("conversation", "text", "key"))
    return Sent(
        token=token if isinstance(token, str) and token else None,
        text=text if text is None or isinstance(text, str) else "",
        key=key if isinstance(key, str) and KEY.fullmatch(key) else None,
    )


async def _keep(site: Site, address: str, sent: Sent) -> Kept:
    """Keep the message once, however often its form is sent."""

    key = sent.message_key
    # The first message of a form begins one conversation, by the same unguessable name.
    claim = key[:32] if key else None
    return await site.intake.receive("widget", address, sent.token, sent.text or "", key, claim)


async def _is_late(site: Site, kept: Kept) -> bool:
    """Wait for the answer; tell whether it takes longer than a page may."""
    try:
        await site.conversations.finished(kept.turn, site.limits.turn_seconds)
    except TimeoutError:
        return True
    return False


async def _show_conversation(site: Site, token: str, late: bool) -> web.Response:
    """Show the conversation as it stands, with a way to look again while an answer is due."""
    conversation, entries = await _read_conversation(site, token)
    waits = bool(entries) and entries[-1].author == "patient" and conversation.holder != "staff"
    late = late or waits
    status = 202 if late else 200
    return _page(
        site,
        status=status,
        token=token,
        entries=entries,
        late=late,
        holder=conversation.holder,
        by=speaker(conversation.holding.person),
    )


async def _show_problem(site: Site, error: Exception, sent: Sent) -> web.Response:
    """Show what is wrong with what was sent, and keep what was written."""
    refused = refusal_of(error)
    token, entries = sent.token, list[Entry]()
    try:
        if token:
            _, entries = await _read_conversation(site, token)
    except MISHAPS:
        token = None
    text = sent.text or ""
    return _page(
        site,
        status=refused.status,
        token=token or "",
        entries=entries,
        # A button's payload means nothing to people; its words can be sent as well.
        text=site.intake.label(text) or text,
        problem=refused.words(site.texts),
        key=sent.key,
    )


async def _read_conversation(site: Site, token: str) -> tuple[Conversation, list[Entry]]:
    known = site.intake.conversation(token)
    entries = await site.conversations.entries(known, limit=NEWEST)
    return await site.conversations.state(known), entries


def _page(
    site: Site,
    *,
    status: int = 200,
    token: str = "",
    entries: list[Entry] | None = None,
    text: str = "",
    problem: str = "",
    late: bool = False,
    holder: str = "bot",
    by: str | None = None,
    key: str | None = None,
) -> web.Response:
    shown = entries or []
    # Where the reader goes on: at the first reply to the last message.
    asked = [place for place, entry in enumerate(shown) if entry.author == "patient"]
    latest = min(asked[-1] + 1, len(shown) - 1) if asked else len(shown) - 1
    return site.page(
        "ask.html",
        status=status,
        token=token,
        entries=shown,
        earlier=bool(shown) and shown[0].seq > 1,
        latest=latest,
        text=text,
        problem=problem,
        late=site.texts["refusal.still_working"].text if late else "",
        holder=holder,
        by=by,
        key=key or secrets.token_hex(16),
        buttons_key=secrets.token_hex(16),
    )
