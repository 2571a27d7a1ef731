"""Names for bookings: always the same for the same one, and telling nothing about it."""

import hmac

from bot.channels.booking.notice import Notice
from bot.store.booking_news import Told


def told_of(secret: str, provider: str, notice: Notice) -> Told:
    """Return what is kept of a notice: the provider's names for bookings as digests of ours."""
    return Told(
        provider=provider,
        key=_key(secret, provider, notice.uid),
        state=notice.state,
        at=notice.at,
        starts_at=notice.starts_at,
        reference=notice.reference,
        instead_of=notice.instead_of and _key(secret, provider, notice.instead_of),
    )


def _key(secret: str, provider: str, uid: str) -> str:
    named = f"booking\0{provider}\0{uid}".encode(errors="replace")
    return hmac.digest(secret.encode(), named, "sha256").hex()
