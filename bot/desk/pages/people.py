"""Managers look after the staff."""

from collections.abc import Awaitable, Callable
from typing import cast

from aiohttp import web

from bot.desk import staffing
from bot.desk.staffing import ROLES, CannotChange
from bot.desk.visit import Problems, Visit
from bot.store.desk import Role, Staff

STAFF = "/desk/staff"


async def show_all(visit: Visit) -> web.Response:
    """List the staff."""
    await visit.audit("staff.read")
    everybody = await visit.console.gate.store.everybody()
    return visit.page("staff.html", everybody=everybody, roles=ROLES)


async def show_new(visit: Visit) -> web.Response:
    """Show the form for somebody new."""
    return _new(visit)


async def add(visit: Visit) -> web.Response:
    """Add somebody and show their first password, this once."""
    form = visit.form
    try:
        person, password = await staffing.add(
            visit.console.gate,
            visit.staff,
            form.get("login", ""),
            form.get("name", ""),
            _role(visit),
        )
    except CannotChange as error:
        field = "name" if "name has" in str(error) else "login"
        return _new(visit, 422, ((field, str(error)),))
    return visit.page("first-password.html", person=person, password=password, new=True)


async def show_one(visit: Visit) -> web.Response:
    """Show one of the staff, and what can be done for them."""
    person = await _person(visit)
    await visit.audit("staff.read", person.id, person.login)
    return _one(visit, person)


async def lock(visit: Visit) -> web.Response:
    """Let somebody in no more."""
    return await _do(visit, staffing.lock, "locked")


async def unlock(visit: Visit) -> web.Response:
    """Let somebody in again."""
    return await _do(visit, staffing.unlock, "unlocked")


async def drop_second_factor(visit: Visit) -> web.Response:
    """Help somebody whose telephone is lost."""
    return await _do(visit, staffing.drop_second_factor, "dropped")


async def give_role(visit: Visit) -> web.Response:
    """Give somebody the role that was chosen."""
    person = await _person(visit)
    try:
        await staffing.give_role(visit.console.gate, visit.staff, person, _role(visit))
    except CannotChange as error:
        return _one(visit, person, 422, (("role", str(error)),))
    return visit.go(f"{STAFF}/{person.login}", done="role")


async def reset(visit: Visit) -> web.Response:
    """Give somebody a new first password and show it, this once."""
    person = await _person(visit)
    password = await staffing.reset(visit.console.gate, visit.staff, person)
    return visit.page("first-password.html", person=person, password=password, new=False)


async def _do(
    visit: Visit,
    change: Callable[..., Awaitable[None]],
    done: str,
) -> web.Response:
    person = await _person(visit)
    try:
        await change(visit.console.gate, visit.staff, person)
    except CannotChange as error:
        return _one(visit, person, 422, (("access", str(error)),))
    return visit.go(f"{STAFF}/{person.login}", done=done)


async def _person(visit: Visit) -> Staff:
    try:
        return await staffing.find(visit.console.gate, visit.request.match_info["login"])
    except CannotChange:
        raise web.HTTPNotFound from None


def _role(visit: Visit) -> Role:
    role = visit.form.get("role", "front_desk")
    if role not in ROLES:
        raise web.HTTPBadRequest(reason="There is no such role")
    return cast(Role, role)


def _one(visit: Visit, person: Staff, status: int = 200, problems: Problems = ()) -> web.Response:
    own = person.id == visit.staff.id
    return visit.page("person.html", status, person=person, roles=ROLES, own=own, problems=problems)


def _new(visit: Visit, status: int = 200, problems: Problems = ()) -> web.Response:
    return visit.page(
        "new-person.html",
        status,
        roles=ROLES,
        login=visit.form.get("login", ""),
        name=visit.form.get("name", ""),
        role=visit.form.get("role", "front_desk"),
        problems=problems,
    )
