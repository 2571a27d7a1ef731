"""Signed tokens for links and cookies: they can be read by anyone and made only by us."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode


class BadToken(ValueError):
    """The token wasn't made by us for this purpose."""


def sign(secret: str, purpose: str, value: str) -> str:
    """Return a token, fit for a URL, that carries the value and is good for one purpose only."""
    # The purpose's length keeps ("a", "bc") and ("ab", "c") apart.
    signed = f"{len(purpose)}:{purpose}:{value}".encode()
    return f"{_encode(value.encode())}.{_encode(hmac.digest(secret.encode(), signed, 'sha256'))}"


def verify(secret: str, purpose: str, token: str) -> str:
    """Return the value of a token; BadToken unless `sign` made exactly this one."""
    try:
        value = urlsafe_b64decode(_padded(token.partition(".")[0])).decode()
    except ValueError:
        raise BadToken from None
    expected = sign(secret, purpose, value)
    if not hmac.compare_digest(expected.encode(), token.encode(errors="replace")):
        raise BadToken
    return value


def _encode(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _padded(text: str) -> str:
    return text + "=" * (-len(text) % 4)
