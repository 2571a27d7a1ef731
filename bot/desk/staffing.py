"""Staff added, locked, let in again, and given another role or password."""

from collections.abc import Mapping
from typing import Any

from bot.conversation.message import new_id
from bot.desk.gate import Gate
from bot.desk.keys import as_login, is_login
from bot.desk.passwords import first_password
from bot.store.desk import AuditEntry, LastManager, LoginTaken, Role, Staff

ROLES: Mapping[Role, str] = {"front_desk": "Front desk", "manager": "Manager"}
LONGEST_NAME = 60
COMMAND_LINE = "(command line)"


class CannotChange(Exception):
    """What is asked for can't be done; the message says why, to whoever asked."""


async def add(gate: Gate, by: Staff | None, login: str, name: str, role: Role) -> tuple[Staff, str]:
    """Add somebody; return them and the first password, which is kept nowhere; CannotChange.

    `by` is the manager who does it, or None on the command line, here and below.
    """
    login, name = as_login(login), " ".join(name.split())
    if not is_login(login):
        raise CannotChange(
            "A login is made of small letters a to z, digits, full stops, hyphens and underscores, "
            "and begins and ends with a letter or digit."
        )
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise CannotChange(f"A name has between 1 and {LONGEST_NAME} characters.")
    password = first_password()
    digest = await gate.passwords.digest(password)
    person = Staff(new_id(), login, name, role, True, True, gate.now(), digest, None)
    try:
        await gate.store.add(person, _entry(by, "staff.added", person, ROLES[role]))
    except LoginTaken:
        raise CannotChange(f"Somebody has the login {login} already. Choose another.") from None
    return person, password


async def lock(gate: Gate, by: Staff | None, person: Staff) -> None:
    """Let somebody in no more, and put them out at once; CannotChange."""
    _not_oneself(by, person)
    await _change(gate, by, person, {"active": False}, "staff.locked")


async def unlock(gate: Gate, by: Staff | None, person: Staff) -> None:
    """Let somebody in again, also when too many tries are what keeps them out.

    Whoever was not locked by a manager stays signed in where they are.
    """
    if person.active:
        await gate.store.record(_entry(by, "staff.unlocked", person, None))
    else:
        await _change(gate, by, person, {"active": True}, "staff.unlocked")
    await gate.store.clear_tries(gate.login_key(person.login))


async def reset(gate: Gate, by: Staff | None, person: Staff) -> str:
    """Give somebody a new first password and return it; their sessions end."""
    password = first_password()
    values = {"password": await gate.passwords.digest(password), "must_change": True}
    await _change(gate, by, person, values, "staff.password_reset")
    await gate.store.clear_tries(gate.login_key(person.login))
    return password


async def drop_second_factor(gate: Gate, by: Staff | None, person: Staff) -> None:
    """Let somebody in without the code, because their telephone is lost; their sessions end."""
    await _change(gate, by, person, {"totp": None}, "staff.second_factor_off")


async def give_role(gate: Gate, by: Staff | None, person: Staff, role: Role) -> None:
    """Give somebody a role; their sessions end; CannotChange."""
    _not_oneself(by, person)
    if role != person.role:
        await _change(gate, by, person, {"role": role}, "staff.role", ROLES[role])


async def find(gate: Gate, login: str) -> Staff:
    """Return whoever has the login; CannotChange when nobody has."""
    person = await gate.store.by_login(as_login(login))
    if person is None:
        raise CannotChange(f"Nobody has the login {as_login(login)}.")
    return person


def _not_oneself(by: Staff | None, person: Staff) -> None:
    if by is not None and by.id == person.id:
        raise CannotChange("Ask another manager: nobody takes their own access away.")


async def _change(
    gate: Gate,
    by: Staff | None,
    person: Staff,
    values: Mapping[str, Any],
    action: str,
    detail: str | None = None,
) -> None:
    try:
        await gate.store.change(person.id, values, _entry(by, action, person, detail))
    except LastManager:
        raise CannotChange(
            f"{person.name} is the only manager who may sign in. Make somebody else a manager "
            "first."
        ) from None


def _entry(by: Staff | None, action: str, person: Staff, detail: str | None) -> AuditEntry:
    staff_id, login = (by.id, by.login) if by else (None, COMMAND_LINE)
    whom = person.login if detail is None else f"{person.login}: {detail}"
    return AuditEntry(staff_id, login, action, person.id, whom)
