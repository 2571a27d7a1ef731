"""Signing in: password, second factor, and how often either may be guessed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.desk import sessions, totp
from bot.desk.gate import BY_ADDRESS, BY_LOGIN, Gate, entry_of
from bot.desk.keys import as_login, digest_of
from bot.desk.sessions import Signed
from bot.store.desk import AuditEntry, Staff


@dataclass(frozen=True, slots=True)
class Refusal:
    """Nobody was let in. `left` tries remain; with `locked_until` none counts before then."""

    why: Literal["wrong", "locked"]
    left: int
    locked_until: datetime | None


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody was let in, or half-way until they give the code; `secret` is for the cookie."""

    secret: str
    staff: Staff
    waits_for_code: bool


async def sign_in(
    gate: Gate, login: str, password: str, address: str, cookie: str | None
) -> Entered | Refusal:
    """Let somebody in by their password; `cookie` is the secret of a session to put an end to.

    A login that doesn't exist, or may not sign in, gets the same answers in the same time.
    """
    login = as_login(login)
    refused = await _take(gate, login, address)
    if refused.why == "locked":
        return refused
    staff = await gate.store.by_login(login)
    fits = await gate.passwords.fits(staff.password if staff else None, password)
    if staff is None or not fits or not staff.active:
        await _note_failure(gate, staff, login, _why(staff, fits), refused)
        return refused
    if gate.passwords.is_old(staff.password):
        await gate.store.rehash(staff, await gate.passwords.digest(password))
    return await _enter(gate, staff, address, cookie)


async def give_code(gate: Gate, half: Signed, code: str, address: str) -> Entered | Refusal:
    """Let somebody in whose password was right, by the second factor's code, which works once."""
    staff = half.staff
    refused = await _take(gate, staff.login, address)
    if refused.why == "locked":
        return refused
    if staff.totp is not None and not await _use(gate, staff, code):
        await _note_failure(gate, staff, staff.login, "code", refused)
        return refused
    await _forget_tries(gate, staff.login, address)
    entry = entry_of(staff, "sign_in")
    secret = await sessions.begin(gate, staff, instead_of=half.session.key, entry=entry)
    return Entered(secret, staff, waits_for_code=False)


async def confirm(gate: Gate, staff: Staff, password: str, address: str) -> Refusal | None:
    """Refuse what needs the password again when it is wrong; guesses count as for signing in."""
    refused = await _take(gate, staff.login, address)
    if refused.why == "locked":
        return refused
    if await gate.passwords.fits(staff.password, password):
        await gate.store.give_back(gate.login_key(staff.login), gate.address_key(address))
        return None
    await _note_failure(gate, staff, staff.login, "password.again", refused)
    return refused


async def _enter(gate: Gate, staff: Staff, address: str, cookie: str | None) -> Entered:
    before = digest_of(cookie) if cookie else None
    if staff.totp is not None:
        # Only taken back: else a right password would give new guesses at the code, forever.
        await gate.store.give_back(gate.login_key(staff.login), gate.address_key(address))
        secret = await sessions.begin(gate, staff, waits_for_code=True, instead_of=before)
        return Entered(secret, staff, waits_for_code=True)
    await _forget_tries(gate, staff.login, address)
    entry = entry_of(staff, "sign_in")
    secret = await sessions.begin(gate, staff, instead_of=before, entry=entry)
    return Entered(secret, staff, waits_for_code=False)


async def _take(gate: Gate, login: str, address: str) -> Refusal:
    """Count a try as failed before it is made; return what to answer if it does fail."""
    rules = ((gate.login_key(login), BY_LOGIN), (gate.address_key(address), BY_ADDRESS))
    taken = await gate.store.take_try(rules, gate.now())
    return Refusal("wrong" if taken.allowed else "locked", taken.left, taken.locked_until)


async def _forget_tries(gate: Gate, login: str, address: str) -> None:
    await gate.store.clear_tries(gate.login_key(login))
    # Others may be guessing from there: one's own success takes back one's own try alone.
    await gate.store.give_back(gate.address_key(address))


async def _use(gate: Gate, staff: Staff, code: str) -> bool:
    step = totp.step_of(staff.totp or "", code, gate.now())
    return step is not None and await gate.store.use_code(staff.id, step)


def _why(staff: Staff | None, fits: bool) -> str:
    if staff is None:
        return "unknown login"
    return "password" if not fits else "locked by a manager"


async def _note_failure(
    gate: Gate, staff: Staff | None, login: str, why: str, refused: Refusal
) -> None:
    # What was typed as a login may be a password in the wrong field.
    shown = staff.login if staff else f"unknown {gate.login_key(login)[:12]}"
    detail = f"{why}; no more tries for a while" if refused.locked_until else why
    entry = AuditEntry(staff.id if staff else None, shown, "sign_in.failed", None, detail)
    await gate.store.record(entry)
