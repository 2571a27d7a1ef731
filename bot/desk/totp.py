"""The second factor: six digits from an app, that change every half minute and work once."""

import re
from datetime import datetime
from hmac import compare_digest

import pyotp
import segno

SECONDS = 30
# A telephone's clock may be half a minute off.
DRIFT = 1
CODE = re.compile(r"[0-9]{6}")


def new_secret() -> str:
    """Return a secret for an authenticator app, 160 bits in base32."""
    return pyotp.random_base32()


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """Return the step of time that a code belongs to, or None when it fits none near now.

    Steps are numbered; whoever accepts one must never accept it or an earlier one again.
    """
    typed = "".join(code.split())
    if not CODE.fullmatch(typed):
        return None
    totp, current = pyotp.TOTP(secret, interval=SECONDS), int(now.timestamp()) // SECONDS
    steps = range(current - DRIFT, current + DRIFT + 1)
    fitting = [step for step in steps if compare_digest(totp.generate_otp(step), typed)]
    return max(fitting, default=None)


def address(secret: str, login: str, clinic: str) -> str:
    """Return the address that an authenticator app reads from the QR code."""
    return pyotp.TOTP(secret, interval=SECONDS).provisioning_uri(name=login, issuer_name=clinic)


def qr_svg(text: str) -> str:
    """Return a QR code as an inline picture without any style that a page's policy refuses."""
    return segno.make(text, error="m", micro=False).svg_inline(
        scale=5, border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )


def in_groups(secret: str) -> str:
    """Return a secret as people type it: four characters at a time."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
