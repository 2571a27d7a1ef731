"""The clinic's booking page: where the button leads, and who may tell of bookings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from bot.settings.clinic import SettingsError

PLACE = "{reference}"
CALCOM, CALENDLY = "CANDOR_CALCOM_SECRET", "CANDOR_CALENDLY_KEY"
# What a provider gives back, and so must be ours in the address.
OURS = {"calcom": "metadata[candor]", "calendly": "utm_content"}
SHORTEST = 16  # characters of a secret


@dataclass(frozen=True, slots=True)
class BookingSettings:
    """Whose booking page it is, its address (which may be a template), and their secrets."""

    provider: str
    address: str
    calcom_secret: str | None = field(repr=False)
    calendly_key: str | None = field(repr=False)

    @property
    def missing(self) -> str | None:
        """The variable without which the provider can't tell of bookings, if it is missing."""
        if self.provider == "calcom" and self.calcom_secret is None:
            return CALCOM
        if self.provider == "calendly" and self.calendly_key is None:
            return CALENDLY
        return None


def read_booking(provider: str, address: str, values: Mapping[str, str]) -> BookingSettings:
    """Return the booking page's settings; SettingsError names the first that is wrong."""
    _check_address(provider, address)
    return BookingSettings(
        provider, address, _read_secret(values, CALCOM), _read_secret(values, CALENDLY)
    )


def plain_address(address: str) -> str:
    """Return the page's address for links that nobody counts; no conversation has that word."""
    return address.replace(PLACE, "website")


def _check_address(provider: str, address: str) -> None:
    rest = address.replace(PLACE, "")
    if "{" in rest or "}" in rest:
        raise SettingsError("clinic.yml: booking_url may have {reference} in braces, nothing else")
    own = OURS.get(provider)
    if own and PLACE in address:
        raise SettingsError(
            f"clinic.yml: booking_url must not have {PLACE} when booking_provider is {provider}: "
            f"{own} is added by itself"
        )
    try:
        parts = urlsplit(address)
        names = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
        good = PLACE not in parts.netloc
    except ValueError:
        good, names = False, set()
    if not good:
        raise SettingsError("clinic.yml: booking_url must have a host, and {reference} after it")
    if own in names:
        raise SettingsError(
            f"clinic.yml: booking_url has {own} already; take it out, it is added by itself"
        )


def _read_secret(values: Mapping[str, str], name: str) -> str | None:
    text = values.get(name)
    if text is not None and not re.fullmatch(rf"[!-~]{{{SHORTEST},}}", text):
        raise SettingsError(
            f"{name} must have {SHORTEST} characters or more, "
            "plain letters, digits and signs without blanks"
        )
    return text
