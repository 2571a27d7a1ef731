"""Nobody gets to a page of the console but by a route that says who may."""

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import get_args
from urllib.parse import urlencode

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.desk import sessions
from bot.desk.console import CONSOLE, HEADERS, Console, redirect
from bot.desk.keys import is_same
from bot.desk.navigation import SIGN_IN, START, may, own_path
from bot.desk.sessions import Signed
from bot.desk.visit import Visit
from bot.store.desk import Role

CHANGE_PASSWORD = "/desk/password"  # noqa: S105 - an address
FIELD = "csrf"
STALE = "This form is out of date. Go back, load the page again and send it once more."
NOT_YOURS = "Your role doesn't open this page. A manager can tell you more."


@dataclass(frozen=True, slots=True)
class Guarded:
    """A route for people who are signed in and have a role, or one above it.

    A POST must bring the session's token in the field `csrf`. `before_change` routes are open to
    those, too, who must change a first password; `quiet` ones, which pages ask for by themselves,
    don't keep a session alive.
    """

    method: str
    path: str
    handler: Callable[[Visit], Awaitable[web.StreamResponse]]
    role: Role
    before_change: bool = field(default=False, kw_only=True)
    quiet: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        """Raise ValueError for a route that is open by mistake."""
        _check(self.method, self.path)
        if self.role not in get_args(Role):
            raise ValueError(f"{self.path}: name the role that it needs, not {self.role!r}")

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Serve whoever may be here, and tell the others where to go."""
        console = request.app[CONSOLE]
        signed = await signed_in(request, quiet=self.quiet)
        if signed is None:
            return to_sign_in(request)
        if signed.staff.must_change and not self.before_change:
            return redirect(CHANGE_PASSWORD)
        visit = Visit(request, console, signed)
        if not may(signed.staff, self.role):
            await visit.audit("refused", detail=self.path)
            return visit.page("refused.html", 403, words=NOT_YOURS)
        if self.method == "POST":
            form = await read_form(request)
            if not is_same(form.get(FIELD, ""), signed.csrf):
                return visit.page("refused.html", 403, words=STALE)
            visit = Visit(request, console, signed, form)
        return await self.handler(visit)


@dataclass(frozen=True, slots=True)
class Open:
    """A route on the way in, for people who aren't signed in yet; it looks after itself."""

    method: str
    path: str
    serve: Handler

    def __post_init__(self) -> None:
        """Raise ValueError for a route that isn't one of the console's."""
        _check(self.method, self.path)


DECLARED = web.AppKey("declared", Collection[web.AbstractRoute])


def mount(app: web.Application, console: Console, routes: Iterable[Guarded | Open]) -> None:
    """Add the console to the site; what lies under /desk and isn't declared stays shut."""
    app[CONSOLE] = console
    app[DECLARED] = frozenset(
        app.router.add_route(route.method, route.path, route.serve) for route in routes
    )
    app.middlewares.append(_turn_away)


def is_desk(path: str) -> bool:
    """Tell whether a path is one of the console's."""
    return path == "/desk" or path.startswith("/desk/")


async def signed_in(request: web.Request, *, quiet: bool = False) -> Signed | None:
    """Return the session of whoever is wholly signed in, or None."""
    console = request.app[CONSOLE]
    signed = await sessions.find(console.gate, console.cookie(request, "desk"), quiet=quiet)
    return None if signed is None or signed.session.waits_for_code else signed


def to_sign_in(request: web.Request) -> web.Response:
    """Lead a stranger to the entrance, and back here afterwards if the page can be shown again."""
    if request.headers.get("HX-Request"):
        # A part of a page can't become the entrance: the page is loaded again, and leads there.
        return web.Response(status=401, headers={**HEADERS, "HX-Refresh": "true"})
    # What was just done isn't told a second time.
    here = request.path if "done" in request.query else request.path_qs
    wanted = own_path(here if request.method == "GET" else None)
    query = {} if wanted == START else {"next": wanted}
    if request.app[CONSOLE].cookie(request, "desk"):
        query["done"] = "over"
    return redirect(f"{SIGN_IN}?{urlencode(query)}" if query else SIGN_IN)


async def read_form(request: web.Request) -> Mapping[str, str]:
    """Return the texts of a form; HTTPBadRequest when it is none."""
    try:
        sent = await request.post()
    except (ValueError, LookupError, web.RequestPayloadError):
        # LookupError: a character set that doesn't exist.
        raise web.HTTPBadRequest(reason="That could not be read") from None
    return {name: text for name, text in sent.items() if isinstance(text, str)}


@web.middleware
async def _turn_away(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Keep shut what lies under /desk and was not declared; strangers don't learn what is there."""
    if not is_desk(request.path) or request.match_info.route in request.app[DECLARED]:
        return await handler(request)
    if await signed_in(request, quiet=True) is None:
        return to_sign_in(request)
    raise web.HTTPNotFound


def _check(method: str, path: str) -> None:
    if method not in ("GET", "POST") or not is_desk(path):
        raise ValueError(f"{method} {path}: a route of the console is a GET or POST under /desk")
