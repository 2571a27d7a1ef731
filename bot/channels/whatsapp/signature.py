"""Whether a delivery comes from Meta: its signature over the bytes as they came."""

import hmac

HEADER = "X-Hub-Signature-256"


def is_signed(secret: str, body: bytes, header: str | None) -> bool:
    """Tell whether the header is the body's HMAC-SHA256 under the app secret.

    The bytes must be those on the wire: JSON written anew has another signature. Nothing is
    signed under a blank secret, which anyone could guess.
    """
    if not secret.strip() or header is None:
        return False
    digest = hmac.digest(secret.encode(errors="surrogatepass"), body, "sha256").hex()
    # As bytes, because texts that aren't ASCII can't be compared; what is replaced never matches.
    return hmac.compare_digest(f"sha256={digest}".encode(), header.encode(errors="replace"))
