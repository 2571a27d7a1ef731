"""What staff change about themselves: their password and their second factor."""

from bot.desk import sessions, totp
from bot.desk.gate import Gate, entry_of
from bot.desk.passwords import password_problem
from bot.desk.sessions import Signed
from bot.desk.staffing import CannotChange


async def change_password(gate: Gate, signed: Signed, password: str) -> str:
    """Change the password and end the other sessions; return this one's new secret; CannotChange.

    Whoever calls has seen to it that the present password was given, but for a first one.
    """
    staff = signed.staff
    if problem := password_problem(password, staff.login, staff.name):
        raise CannotChange(problem)
    if await gate.passwords.fits(staff.password, password):
        raise CannotChange("That is the password you have. Choose a new one.")
    values = {"password": await gate.passwords.digest(password), "must_change": False}
    return await _change(gate, signed, values, "password.changed")


async def offer_second_factor(gate: Gate, signed: Signed) -> None:
    """Make the secret of a second factor, which is on only when it is proved by a code."""
    await gate.store.offer_totp(signed.session.key, totp.new_secret())


async def refuse_second_factor(gate: Gate, signed: Signed) -> None:
    """Forget the secret that was made and not proved."""
    await gate.store.offer_totp(signed.session.key, None)


async def prove_second_factor(gate: Gate, signed: Signed, code: str) -> str:
    """Switch the second factor on; return the session's new secret; CannotChange."""
    secret = signed.session.new_totp
    if secret is None:
        raise CannotChange("Begin again: that code is no longer waited for.")
    step = totp.step_of(secret, code, gate.now())
    if step is None:
        raise CannotChange(
            "That code doesn't fit. Type the six digits that the app shows now, and see that the "
            "telephone's clock is right."
        )
    values = {"totp": secret, "totp_step": step}
    return await _change(gate, signed, values, "second_factor.on")


async def switch_second_factor_off(gate: Gate, signed: Signed) -> str:
    """Ask for no code any more; return the session's new secret."""
    return await _change(gate, signed, {"totp": None}, "second_factor.off")


async def _change(gate: Gate, signed: Signed, values: dict[str, object], action: str) -> str:
    """Change the person and end their sessions, but this one, which gets a new secret."""
    entry = entry_of(signed.staff, action)
    await gate.store.change(signed.staff.id, values, entry, keep=signed.session.key)
    return await sessions.renew(gate, signed)
