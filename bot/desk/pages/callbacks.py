"""Staff ring people back."""

from itertools import groupby

from aiohttp import web

from actions.callbacks.when import offers
from bot.desk import callbacks
from bot.desk.callbacks import NotTaken, Shown
from bot.desk.console import redirect
from bot.desk.guard import Guarded
from bot.desk.visit import Problems, Visit
from bot.store.desk.callbacks import Overtaken

CALLBACKS = "/desk/callbacks"
DID = frozenset({"booked", "answered", "other", "no_answer", "wrong_number"})


async def show(visit: Visit) -> web.Response:
    """Show who waits to be rung, or who was."""
    return await _list(visit, done=visit.request.query.get("show") == "done")


async def do(visit: Visit) -> web.Response:
    """Note what came of ringing somebody, or take that back."""
    callback, did = visit.request.match_info["callback"], visit.form.get("did", "")
    try:
        if did == "undo":
            await callbacks.take_back(visit.console, visit.staff, callback)
            return visit.go(CALLBACKS, done="callback_undone")
        if did not in DID:
            return await _list(visit, 422, (("list", "Choose what came of the call."),))
        tries = _number(visit.form.get("tries", ""))
        await callbacks.do(visit.console, visit.staff, callback, did, tries)
    except Overtaken:
        words = await callbacks.who_was_quicker(visit.console, callback)
        return await _list(visit, 409, (("list", words),))
    done = "callback_later" if did == "no_answer" else "callback_done"
    return redirect(f"{CALLBACKS}?done={done}&last={callback}")


async def show_new(visit: Visit) -> web.Response:
    """Show the form for somebody who rings."""
    return _new(visit)


async def add(visit: Visit) -> web.Response:
    """Put somebody who rang on the list."""
    form = {name: visit.form.get(name, "") for name in ("name", "number", "when", "about")}
    try:
        await callbacks.add(visit.console, visit.staff, **form)
    except NotTaken as error:
        return _new(visit, 422, ((error.field, str(error)),))
    return visit.go(CALLBACKS, done="callback_added")


ROUTES = (
    Guarded("GET", CALLBACKS, show, "front_desk"),
    Guarded("GET", "/desk/callbacks-new", show_new, "front_desk"),
    Guarded("POST", "/desk/callbacks-new", add, "front_desk"),
    Guarded("POST", f"{CALLBACKS}/{{callback}}", do, "front_desk"),
)


async def _list(
    visit: Visit, status: int = 200, problems: Problems = (), *, done: bool = False
) -> web.Response:
    await visit.audit("callbacks.read", detail="done" if done else "open")
    shown = await callbacks.listed(visit.console, done=done)
    last = visit.request.query.get("last", "")
    return visit.page(
        "callbacks.html",
        status,
        groups=[("Done", shown)] if done else _grouped(shown),
        count=len(shown),
        closed=done,
        last=last if last.isalnum() and len(last) == 32 else "",
        problems=problems,
    )


def _grouped(shown: list[Shown]) -> list[tuple[str, list[Shown]]]:
    """Return the entries, which are in order, under Overdue, Today and Later."""
    return [(group, list(some)) for group, some in groupby(shown, lambda one: one.group)]


def _new(visit: Visit, status: int = 200, problems: Problems = ()) -> web.Response:
    return visit.page(
        "new-callback.html",
        status,
        form={name: visit.form.get(name, "") for name in ("name", "number", "when", "about")},
        times=offers(callbacks.clock_of(visit.console)),
        problems=problems,
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else -1
