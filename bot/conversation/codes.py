"""The code that takes a conversation from the website along to WhatsApp: its form, and its key."""

import hmac
import re

# Without letters and digits that look alike; 16 of them are 80 bits.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 16, 4
MARKS = rf"[{ALPHABET}]{{{GROUP}}}"
CODE = re.compile(
    rf"(?<![\w-])(?:{MARKS}-){{{LENGTH // GROUP - 1}}}{MARKS}(?![\w-])", re.IGNORECASE | re.ASCII
)


def read_code(text: str) -> str | None:
    """Return the code in a text, or None."""
    found = CODE.search(text)
    return found[0].upper() if found else None


def code_key(secret: str, code: str) -> str:
    """Return the digest by which a code is kept; the code itself is kept nowhere."""
    return hmac.digest(secret.encode(), f"carry\0{code}".encode(), "sha256").hex()
