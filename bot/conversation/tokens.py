"""Signed tokens for links and cookies: they can be read by anyone and made only by us."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode

ID_BYTES = 16
MAC_BYTES = 12


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


def sign_ids(secret: str, purpose: str, *ids: str) -> str:
    """Return a token that carries ids of ours, less than half as long as `sign` would make it.

    For links that people see. ValueError when an id isn't 32 hexadecimal digits.
    """
    raw = bytes.fromhex("".join(ids))
    if len(raw) != ID_BYTES * len(ids):
        raise ValueError("an id has 32 hexadecimal digits")
    return _encode(raw + _short_mac(secret, purpose, raw))


def verify_ids(secret: str, purpose: str, token: str) -> tuple[str, ...]:
    """Return the ids of a token; BadToken unless `sign_ids` made exactly this one."""
    try:
        data = urlsafe_b64decode(_padded(token))
    except ValueError:
        raise BadToken from None
    raw, mac = data[:-MAC_BYTES], data[-MAC_BYTES:]
    good = hmac.compare_digest(_short_mac(secret, purpose, raw), mac)
    if not good or len(raw) % ID_BYTES or _encode(data) != token:
        raise BadToken
    return tuple(raw[at : at + ID_BYTES].hex() for at in range(0, len(raw), ID_BYTES))


def _short_mac(secret: str, purpose: str, raw: bytes) -> bytes:
    signed = f"{len(purpose)}:{purpose}:ids:".encode() + raw
    return hmac.digest(secret.encode(), signed, "sha256")[:MAC_BYTES]


def _encode(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _padded(text: str) -> str:
    return text + "=" * (-len(text) % 4)
