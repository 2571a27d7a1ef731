"""Signing in and out."""

from datetime import timedelta
from urllib.parse import quote

from aiohttp import web

from bot.desk import sessions, signing_in
from bot.desk.console import CONSOLE, Console, redirect
from bot.desk.guard import FIELD, read_form, signed_in
from bot.desk.keys import is_same, keyed, new_secret
from bot.desk.navigation import SIGN_IN, own_path
from bot.desk.sessions import Signed
from bot.desk.signing_in import Refusal
from bot.desk.visit import Problems, Visit
from bot.desk.words import done_words

CODE = "/desk/code"
STALE = "This page was open too long. Please try again."
FEW = 2


async def show_sign_in(request: web.Request) -> web.Response:
    """Show the entrance; whoever is in already goes on."""
    console, wanted = request.app[CONSOLE], own_path(request.query.get("next"))
    if await signed_in(request):
        return redirect(wanted)
    return _entrance(request, console, wanted, done=done_words(request.query.get("done")))


async def take_sign_in(request: web.Request) -> web.Response:
    """Let somebody in by login and password, or say why not."""
    console, form = request.app[CONSOLE], await read_form(request)
    wanted, login = own_path(form.get("next")), form.get("login", "")[:64]
    token = _form_token(console, console.cookie(request, "desk-form") or "")
    if not is_same(form.get(FIELD, ""), token):
        return _entrance(request, console, wanted, 403, (("login", STALE),), login=login)
    cookie, password = console.cookie(request, "desk"), form.get("password", "")
    if missing := _missing(login, password):
        return _entrance(request, console, wanted, 422, missing, login=login)
    done = await signing_in.sign_in(
        console.gate, login, password, console.address_of(request), cookie
    )
    if isinstance(done, Refusal):
        problems = (("password", _refused(console, done, "That login and password don't fit.")),)
        return _entrance(request, console, wanted, _status(done), problems, login=login)
    response = redirect(f"{CODE}?next={quote(wanted, '')}" if done.waits_for_code else wanted)
    console.set_cookie(response, "desk", done.secret)
    console.drop_cookie(response, "desk-form")
    return response


async def show_code(request: web.Request) -> web.Response:
    """Ask for the second factor's code; without a password there is nothing to ask."""
    half = await _half(request)
    if half is None:
        return redirect(SIGN_IN)
    return _ask_code(request.app[CONSOLE], half, own_path(request.query.get("next")))


async def take_code(request: web.Request) -> web.Response:
    """Let somebody in by the code, or say why not."""
    console, form, half = request.app[CONSOLE], await read_form(request), await _half(request)
    if half is None:
        return redirect(SIGN_IN)
    wanted = own_path(form.get("next"))
    if not is_same(form.get(FIELD, ""), half.csrf):
        return _ask_code(console, half, wanted, 403, (("code", STALE),))
    address = console.address_of(request)
    done = await signing_in.give_code(console.gate, half, form.get("code", ""), address)
    if isinstance(done, Refusal):
        words = _refused(console, done, "That code doesn't fit, or was used already.")
        return _ask_code(console, half, wanted, _status(done), (("code", words),))
    response = redirect(wanted)
    console.set_cookie(response, "desk", done.secret)
    return response


async def sign_out(visit: Visit) -> web.Response:
    """End this session."""
    await sessions.sign_out(visit.console.gate, visit.signed)
    return _out(visit, "signed_out")


async def sign_out_everywhere(visit: Visit) -> web.Response:
    """End every session of the person."""
    await sessions.sign_out_everywhere(visit.console.gate, visit.signed)
    return _out(visit, "signed_out_everywhere")


def _out(visit: Visit, done: str) -> web.Response:
    response = visit.go(SIGN_IN, done=done)
    visit.console.drop_cookie(response, "desk")
    return response


def _entrance(
    request: web.Request,
    console: Console,
    wanted: str,
    status: int = 200,
    problems: Problems = (),
    *,
    login: str = "",
    done: str | None = None,
) -> web.Response:
    known = console.cookie(request, "desk-form") or new_secret()
    response = console.page(
        "sign-in.html",
        status,
        csrf=_form_token(console, known),
        next=wanted,
        login=login,
        problems=problems,
        done=done,
    )
    console.set_cookie(response, "desk-form", known)
    return response


def _ask_code(
    console: Console, half: Signed, wanted: str, status: int = 200, problems: Problems = ()
) -> web.Response:
    return console.page("code.html", status, csrf=half.csrf, next=wanted, problems=problems)


def _missing(login: str, password: str) -> Problems:
    missing = []
    if not login.strip():
        missing.append(("login", "Type your login."))
    if not password:
        missing.append(("password", "Type your password."))
    return tuple(missing)


def _refused(console: Console, refusal: Refusal, wrong: str) -> str:
    """Return what to tell: the same whether there is such a login or not."""
    if refusal.locked_until is not None:
        left = refusal.locked_until - console.gate.now()
        minutes = max(1, -(-left // timedelta(minutes=1)))
        wait = f"{minutes} minute{'' if minutes == 1 else 's'}"
        if minutes >= 120:
            wait = f"{-(-minutes // 60)} hours"
        first = wrong if refusal.why == "wrong" else "Too many tries failed."
        return f"{first} For safety, the next try is in {wait}."
    if 0 < refusal.left <= FEW:
        return (
            f"{wrong} {refusal.left} more {'try' if refusal.left == 1 else 'tries'} before a break."
        )
    return wrong


def _status(refusal: Refusal) -> int:
    return 429 if refusal.why == "locked" else 403


async def _half(request: web.Request) -> Signed | None:
    console = request.app[CONSOLE]
    signed = await sessions.find(console.gate, console.cookie(request, "desk"))
    return signed if signed is not None and signed.session.waits_for_code else None


def _form_token(console: Console, cookie: str) -> str:
    return keyed(console.gate.secret, "sign-in form", cookie)
