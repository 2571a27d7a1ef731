"""Managers word the assistant's fixed texts as they like."""

import asyncio
from collections.abc import Iterator, Sequence
from itertools import groupby

from aiohttp import web

from bot.desk.guard import Guarded
from bot.desk.pages.settings_parts import (
    SETTINGS,
    look_or_tell,
    number_of,
    office_of,
    saved,
    standing,
)
from bot.desk.settings.office import TEXT, StockText
from bot.desk.settings.saving import Now, change, look
from bot.desk.visit import Problems, Visit
from bot.store.desk.settings import ChangedMeanwhile, Version

TEXTS = f"{SETTINGS}-texts"
LONGEST = 4000
GROUPS = {
    "label": "Buttons and labels",
    "tapped": "What a tapped button says",
    "figure": "Descriptions of pictures",
    "answer": "Around answers",
    "note": "Notes beside answers",
    "beside": "When an answer holds only in part",
    "clarify": "When a question wasn't understood",
    "decline": "What the articles don't cover",
    "urgent": "Emergencies",
    "clinic": "About the clinic",
    "service": "Booking and people",
    "chat": "Small talk",
    "whatsapp": "On WhatsApp only",
    "notice": "Notices",
    "refusal": "Why something can't be had",
}


async def show_all(visit: Visit) -> web.StreamResponse:
    """List every text by its group, or those that a search finds."""
    now = await look_or_tell(visit)
    if isinstance(now, web.Response):
        return now
    wanted = " ".join(visit.request.query.get("q", "").split())[:80]
    texts = await asyncio.to_thread(lambda: office_of(visit).texts)
    found = list(_found(texts_of(texts, now), wanted.casefold()))
    groups = [
        (GROUPS.get(group, group.title()), group, list(members))
        for group, members in groupby(found, lambda one: one[0].group)
    ]
    return visit.page(
        "settings-texts.html", groups=groups, q=wanted, count=len(found), **standing(visit)
    )


async def show(visit: Visit) -> web.StreamResponse:
    """Show one text, with the words as they are delivered beside it."""
    stock, now = await _stock(visit), await look_or_tell(visit)
    if isinstance(now, web.Response):
        return now
    return await _page(visit, stock, now, _words(stock, now))


async def take(visit: Visit) -> web.StreamResponse:
    """Change a text, show how it would read, or bring the delivered words back."""
    stock, now = await _stock(visit), await look_or_tell(visit)
    if isinstance(now, web.Response):
        return now
    words = "\n".join(visit.form.get("words", "").strip().splitlines())
    if problem := _first_problem(visit.form.get("do"), words):
        return await _page(visit, stock, now, words, (("words", problem),))
    if visit.form.get("do") == "look":
        return await _page(visit, stock, now, words)
    value = None if visit.form.get("do") == "back" else words
    wanted = {f"{TEXT}{stock.name}": value}
    seen = number_of(visit.form.get("version"))
    try:
        wrong = await change(visit.console, office_of(visit), visit.staff, wanted, seen)
    except ChangedMeanwhile as error:
        [newer] = error.newest.values()
        now = await look(visit.console, office_of(visit))
        return await _page(visit, stock, now, words, newer=newer)
    if wrong:
        told = tuple(("words", f"{_plain(name, stock)}{line}.") for name, line in wrong.items())
        return await _page(visit, stock, now, words, told)
    return saved(visit, f"{TEXTS}/{stock.name}")


def texts_of(texts: Sequence[StockText], now: Now) -> Iterator[tuple[StockText, str, bool]]:
    """Yield each text with the words that hold, and whether they are the clinic's own."""
    for text in texts:
        yield text, _words(text, now), now.value(f"{TEXT}{text.name}") is not None


def _found(
    texts: Iterator[tuple[StockText, str, bool]], wanted: str
) -> Iterator[tuple[StockText, str, bool]]:
    for text, words, own in texts:
        if all(word in f"{text.name} {words}".casefold() for word in wanted.split()):
            yield text, words, own


def _words(stock: StockText, now: Now) -> str:
    own = now.value(f"{TEXT}{stock.name}")
    return stock.words if own is None else str(own)


def _plain(name: str, stock: StockText) -> str:
    return "This text " if name == f"{TEXT}{stock.name}" else ""


def _first_problem(do: str | None, words: str) -> str | None:
    if do == "back":
        return None
    if not words:
        return "Write the text, or go back to the delivered words."
    if len(words) > LONGEST:
        return f"Write at most {LONGEST:,} characters; these are {len(words):,}."
    return None


async def _stock(visit: Visit) -> StockText:
    office, name = office_of(visit), visit.request.match_info["name"]
    for text in await asyncio.to_thread(lambda: office.texts):
        if text.name == name:
            return text
    raise web.HTTPNotFound


async def _page(
    visit: Visit,
    stock: StockText,
    now: Now,
    words: str,
    problems: Problems = (),
    newer: Version | None = None,
) -> web.Response:
    office = office_of(visit)
    try:
        preview = await asyncio.to_thread(office.filled, stock.name, words)
    except ValueError as error:
        preview = ""
        problems = problems or (("words", f"This text can't be shown: {error}."),)
    name = f"{TEXT}{stock.name}"
    return visit.page(
        "settings-text.html",
        409 if newer else 422 if problems else 200,
        stock=stock,
        group=GROUPS.get(stock.group, stock.group.title()),
        words=words,
        preview=preview,
        own=now.value(name) is not None,
        changed=now.changed(name),
        of_file=now.base.get(name),
        facts=office.facts,
        version=now.newest,
        problems=problems,
        newer=newer,
        **standing(visit),
    )


ROUTES = (
    Guarded("GET", TEXTS, show_all, "manager"),
    Guarded("GET", f"{TEXTS}/{{name}}", show, "manager"),
    Guarded("POST", f"{TEXTS}/{{name}}", take, "manager"),
)
