"""What the short entries of `clinic.yml` must look like."""

import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# What may stand in an envelope and in a header as it is.
ADDRESS = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
FORMS = {
    "phone_link": (r"tel:\+?\d{3,15}", "a link such as tel:+441632960142"),
    "email": (r"[^@\s]+@[^@\s]+\.[^@\s]+", "an e-mail address"),
    "country": (r"[A-Z]{2}", "a country's two letters such as GB or US"),
    "emergency_number": (r"\d{2,6}", "a short number such as 999 or 112"),
    "booking_provider": (r"link|calcom|calendly", "link, calcom or calendly"),
    "desk_email": (ADDRESS, "one e-mail address, such as desk@clinic.example"),
    "booking_url": (r"(https?://[^\s/]|/)\S*", "an address that begins with https:// or /"),
    "privacy_url": (r"(https?://[^\s/]|/)\S*", "an address that begins with https:// or /"),
    "regulator_url": (r"https?://[^\s/]\S*", "an address that begins with https://"),
    "whatsapp": (
        r"\+[1-9](?:[ -]?[0-9]){7,14}",
        'an international number in quotes, such as "+44 7700 900 142"',
    ),
    "country_division": (r"[A-Z0-9]{1,3}", "the short name of a part of the country, such as ENG"),
    "accent": (r"#[0-9a-fA-F]{6}", 'a colour in quotes, such as "#0f6b6b"'),
}


def check_form(name: str, value: str) -> None:
    """Raise ValueError, with what it must be, for an entry that looks wrong."""
    if name == "time_zone":
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("must be a time zone such as Europe/London") from None
    elif name in FORMS and not re.fullmatch(FORMS[name][0], value):
        raise ValueError(f"must be {FORMS[name][1]}")
