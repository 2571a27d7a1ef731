"""Managers look back at what was changed, and undo it."""

from typing import Any

from aiohttp import web

from bot.desk.gate import PAGE
from bot.desk.guard import Guarded
from bot.desk.pages.settings_parts import SETTINGS, number_of, office_of, saved, standing
from bot.desk.settings import forms
from bot.desk.settings.entries import ENTRIES
from bot.desk.settings.office import TEXT
from bot.desk.settings.saving import change
from bot.desk.visit import Problems, Visit
from bot.store.desk.settings import ChangedMeanwhile, Version, history

HISTORY = f"{SETTINGS}-history"
NOT_NEWEST = "It was changed again since. Look at the newest change first."


async def show(visit: Visit) -> web.StreamResponse:
    """Show a page of changes, the newest first."""
    await visit.audit("settings.read")
    return await _page(visit)


async def undo(visit: Visit) -> web.StreamResponse:
    """Bring back what an entry was before its newest change."""
    number = number_of(visit.form.get("version"))
    found = await history(visit.console.database, number + 1, 1)
    if not found or found[0].id != number:
        return await _page(visit, (("changes", "There is no such change."),))
    one = found[0]
    if needs_words(one.name):
        return visit.go(f"{SETTINGS}/{ENTRIES[one.name][0].key}")
    wanted = {one.name: one.was}
    try:
        wrong = await change(visit.console, office_of(visit), visit.staff, wanted, number)
    except ChangedMeanwhile:
        return await _page(visit, (("changes", NOT_NEWEST),))
    if wrong:
        told = "; ".join(f"{name} {words}".strip() for name, words in wrong.items())
        return await _page(visit, (("changes", f"That can't be undone: {told}."),))
    return saved(visit, HISTORY)


def needs_words(name: str) -> bool:
    """Tell whether an entry is changed only with words that are typed for it."""
    return name in ENTRIES and bool(ENTRIES[name][0].words)


def label_of(name: str) -> str:
    """Return what people call an entry."""
    if name in ENTRIES:
        return ENTRIES[name][1].label
    return f"Text {name.removeprefix(TEXT)}" if name.startswith(TEXT) else name


def place_of(name: str) -> str | None:
    """Return where an entry is changed; None for one that is no more."""
    if name in ENTRIES:
        return f"{SETTINGS}/{ENTRIES[name][0].key}"
    return f"{SETTINGS}-texts/{name.removeprefix(TEXT)}" if name.startswith(TEXT) else None


async def _page(visit: Visit, problems: Problems = ()) -> web.Response:
    before = number_of(visit.request.query.get("before"))
    found = await history(visit.console.database, before or None, PAGE + 1)
    return visit.page(
        "settings-history.html",
        422 if problems else 200,
        changes=[_row(one) for one in found[:PAGE]],
        older=found[PAGE - 1].id if len(found) > PAGE else None,
        newest=not before,
        problems=problems,
        **standing(visit),
    )


def _row(one: Version) -> dict[str, Any]:
    return {
        "one": one,
        "label": label_of(one.name),
        "place": place_of(one.name),
        "was": _words(one.name, one.was),
        "is": _words(one.name, one.value),
        "grave": needs_words(one.name),
    }


def _words(name: str, value: Any) -> tuple[str, ...]:  # noqa: ANN401
    if value is None:
        return ("The file's value",)
    if name in ENTRIES:
        return forms.in_words(ENTRIES[name][1], value)
    return tuple(str(value).splitlines())


ROUTES = (
    Guarded("GET", HISTORY, show, "manager"),
    Guarded("POST", f"{HISTORY}/undo", undo, "manager"),
)
