"""Sessions: begun with a new secret, known by its digest, over after a while."""

from dataclasses import dataclass, field, replace

from bot.desk.gate import ABSOLUTE, HALF_WAY, IDLE, SEEN_EVERY, Gate, entry_of
from bot.desk.keys import digest_of, new_secret
from bot.store.desk import AuditEntry, Session, Staff


@dataclass(frozen=True, slots=True)
class Signed:
    """A session as a request brings it, and whose it is."""

    session: Session
    staff: Staff
    csrf: str = field(repr=False)


async def begin(
    gate: Gate,
    staff: Staff,
    *,
    waits_for_code: bool = False,
    instead_of: str | None = None,
    entry: AuditEntry | None = None,
) -> str:
    """Begin a session, in place of the one with the key `instead_of`; return the cookie's secret.

    The secret is new each time: one that somebody else put into a browser opens nothing.
    """
    secret, now = new_secret(), gate.now()
    over = now + (HALF_WAY if waits_for_code else ABSOLUTE)
    session = Session(digest_of(secret), staff.id, now, now, over, waits_for_code)
    await gate.store.begin(session, instead_of, entry)
    return secret


async def renew(gate: Gate, signed: Signed) -> str:
    """Give a session a new secret, and no more time than it had; return the secret."""
    secret = new_secret()
    session = replace(signed.session, key=digest_of(secret), seen_at=gate.now(), new_totp=None)
    await gate.store.begin(session, signed.session.key)
    return secret


async def find(gate: Gate, secret: str | None, *, quiet: bool = False) -> Signed | None:
    """Return the session of a cookie's secret, or None when it is over or there never was one.

    It counts as used, unless the request is a `quiet` one that a page makes by itself.
    """
    if not secret:
        return None
    found = await gate.store.session(digest_of(secret))
    if found is None:
        return None
    session, staff = found
    now = gate.now()
    if now >= session.expires_at or now - session.seen_at >= IDLE:
        return None
    if not quiet and now - session.seen_at >= SEEN_EVERY:
        await gate.store.see(session.key, now)
    return Signed(session, staff, gate.csrf_of(session))


async def own(gate: Gate, signed: Signed) -> list[Session]:
    """Return the person's sessions that are still good, the last used first."""
    now = gate.now()
    return await gate.store.sessions(signed.staff.id, now, now - IDLE)


async def sign_out(gate: Gate, signed: Signed) -> None:
    """End the session."""
    entry = entry_of(signed.staff, "sign_out")
    await gate.store.end(signed.staff.id, signed.session.key, entry)


async def sign_out_everywhere(gate: Gate, signed: Signed) -> None:
    """End all the person's sessions, this one, too."""
    await gate.store.end(signed.staff.id, None, entry_of(signed.staff, "sign_out.everywhere"))


async def end_other(gate: Gate, signed: Signed, key: str) -> bool:
    """End another of the person's own sessions; False when there is none."""
    entry = entry_of(signed.staff, "sign_out.other")
    return await gate.store.end(signed.staff.id, key, entry)
