"""One's own account: password, second factor, and the devices that are signed in."""

from aiohttp import web

from bot.desk import own_account, sessions, totp
from bot.desk.navigation import START
from bot.desk.signing_in import confirm
from bot.desk.staffing import ROLES, CannotChange
from bot.desk.visit import Problems, Visit

ACCOUNT = "/desk/account"
FACTOR = "/desk/account/second-factor"
NOT_SAME = "The two new passwords differ. Type the same one twice."


async def show(visit: Visit) -> web.Response:
    """Show the account."""
    return await _account(visit)


async def show_password(visit: Visit) -> web.Response:
    """Show the form for a new password."""
    return visit.page("password.html")


async def take_password(visit: Visit) -> web.Response:
    """Change the password; whoever changed a first one goes on to the first page."""
    form, first = visit.form, visit.staff.must_change
    if not first and (problem := await _wrong_password(visit, "password")):
        return visit.page("password.html", 403, problems=(problem,))
    if form.get("new", "") != form.get("again", ""):
        return visit.page("password.html", 422, problems=(("again", NOT_SAME),))
    try:
        secret = await own_account.change_password(
            visit.console.gate, visit.signed, form.get("new", "")
        )
    except CannotChange as error:
        return visit.page("password.html", 422, problems=(("new", str(error)),))
    return visit.go(START if first else ACCOUNT, done="password", secret=secret)


async def begin_second_factor(visit: Visit) -> web.Response:
    """Make a second factor to be proved, once the password was given again."""
    if problem := await _wrong_password(visit, "password"):
        return await _account(visit, 403, (problem,))
    if visit.staff.totp is None:
        await own_account.offer_second_factor(visit.console.gate, visit.signed)
    return visit.go(FACTOR)


async def show_second_factor(visit: Visit) -> web.Response:
    """Show the code that an authenticator app reads; without one the account."""
    return _second_factor(visit)


async def prove_second_factor(visit: Visit) -> web.Response:
    """Switch the second factor on when the app's code fits."""
    gate, code = visit.console.gate, visit.form.get("code", "")
    try:
        secret = await own_account.prove_second_factor(gate, visit.signed, code)
    except CannotChange as error:
        return _second_factor(visit, 422, (("code", str(error)),))
    return visit.go(ACCOUNT, done="second_factor_on", secret=secret)


async def cancel_second_factor(visit: Visit) -> web.Response:
    """Forget the second factor that wasn't proved."""
    await own_account.refuse_second_factor(visit.console.gate, visit.signed)
    return visit.go(ACCOUNT)


async def drop_second_factor(visit: Visit) -> web.Response:
    """Switch the second factor off, once the password was given again."""
    if problem := await _wrong_password(visit, "password"):
        return await _account(visit, 403, (problem,))
    secret = await own_account.switch_second_factor_off(visit.console.gate, visit.signed)
    return visit.go(ACCOUNT, done="second_factor_off", secret=secret)


async def end_session(visit: Visit) -> web.Response:
    """Sign another of one's own devices out."""
    key = visit.form.get("session", "")
    ended = await sessions.end_other(visit.console.gate, visit.signed, key)
    return visit.go(ACCOUNT, done="session" if ended else "")


async def _account(visit: Visit, status: int = 200, problems: Problems = ()) -> web.Response:
    return visit.page(
        "account.html",
        status,
        role=ROLES[visit.staff.role],
        sessions=await sessions.own(visit.console.gate, visit.signed),
        this=visit.signed.session,
        problems=problems,
    )


def _second_factor(visit: Visit, status: int = 200, problems: Problems = ()) -> web.Response:
    secret = visit.signed.session.new_totp
    if secret is None:
        return visit.go(ACCOUNT)
    address = totp.address(secret, visit.staff.login, visit.console.clinic)
    return visit.page(
        "second-factor.html",
        status,
        qr=totp.qr_svg(address),
        secret=totp.in_groups(secret),
        problems=problems,
    )


async def _wrong_password(visit: Visit, field: str) -> tuple[str, str] | None:
    given = visit.form.get(field, "")
    refusal = await confirm(visit.console.gate, visit.staff, given, visit.address)
    if refusal is None:
        return None
    if refusal.locked_until is not None:
        return field, "Too many tries failed. Wait a while, then try again."
    return field, "That is not your password."
