"""Whether a delivery comes from the clinic's booking provider: over the bytes as they came."""

import hmac
import re

CALCOM_HEADER = "X-Cal-Signature-256"
CALENDLY_HEADER = "Calendly-Webhook-Signature"
UNSIGNED = "no-secret-provided"  # Cal.com's word where no secret is entered
TOLERANCE = 180  # seconds


def is_signed_by_calcom(secret: str, body: bytes, header: str | None) -> bool:
    """Tell whether the header is the body's HMAC-SHA256 in small hexadecimal digits.

    Nothing is signed under a blank secret, which anyone could guess.
    """
    if header is None or header == UNSIGNED or not secret.strip():
        return False
    return _same(_digest(secret, body), header)


def is_signed_by_calendly(secret: str, body: bytes, header: str | None, now: float) -> bool:
    """Tell whether a signature of the header is that of its time and the body; `now` in seconds.

    While a key is renewed there are several signatures; the time may differ by three minutes.
    """
    if header is None or not secret.strip():
        return False
    pairs = [part.strip().partition("=") for part in header.split(",")]
    times = [text for name, _, text in pairs if name == "t"]
    if len(times) != 1 or not re.fullmatch(r"[0-9]{1,12}", times[0]):
        return False
    if abs(now - int(times[0])) > TOLERANCE:
        return False
    right = _digest(secret, times[0].encode() + b"." + body)
    return any(_same(right, text) for name, _, text in pairs if name == "v1")


def _digest(secret: str, signed: bytes) -> str:
    return hmac.digest(secret.encode(errors="surrogatepass"), signed, "sha256").hex()


def _same(right: str, header: str) -> bool:
    # As bytes, because texts that aren't ASCII can't be compared; what is replaced never matches.
    return hmac.compare_digest(right.encode(), header.encode(errors="replace"))
