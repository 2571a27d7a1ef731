"""Digests that the console knows things by, each for one purpose."""

import hashlib
import hmac
import re
import secrets

LOGIN = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,38}[a-z0-9])?")


def new_secret() -> str:
    """Return 256 random bits for a cookie."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """Return what is kept of a cookie's secret, which has too many bits to be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def keyed(secret: str, purpose: str, text: str) -> str:
    """Return a digest that only we can make, different for each purpose."""
    message = f"desk {purpose}\0{text}".encode(errors="replace")
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def is_same(one: str, other: str) -> bool:
    """Compare what was sent with what it must be, in the same time whatever differs."""
    return hmac.compare_digest(one.encode(errors="replace"), other.encode(errors="replace"))


def as_login(text: str) -> str:
    """Return a login as it is kept, however it was typed."""
    return text.strip().casefold()[:64]


def is_login(text: str) -> bool:
    """Tell whether a login may be given to somebody: small letters, digits, `.`, `_` and `-`."""
    return LOGIN.fullmatch(text) is not None
