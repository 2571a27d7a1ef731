"""How e-mail to the desk leaves: the server, who it comes from and whom it goes to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from bot.settings.clinic import Clinic, SettingsError
from bot.settings.forms import ADDRESS

URL, FROM = "CANDOR_SMTP_URL", "CANDOR_SMTP_FROM"
PORTS = {"smtps": 465, "smtp": 587}
HERE = ("localhost", "127.0.0.1", "::1")
EXAMPLE = "smtps://user:password@mail.clinic.example"

Security = Literal["tls", "starttls", "none"]


@dataclass(frozen=True, slots=True)
class MailSettings:
    """A mail server, who is written to, and after how many minutes of waiting."""

    host: str
    port: int
    security: Security
    user: str | None
    password: str | None = field(repr=False)
    sender: str
    to: str
    unattended_minutes: int


def read_mail(values: Mapping[str, str], clinic: Clinic) -> tuple[MailSettings | None, str | None]:
    """Return the settings of e-mail to the desk, or None, and what is missing for it if it is half
    set up; SettingsError names the first that is wrong, and quotes no password.
    """
    sender = _read_sender(values, clinic)
    if URL not in values:
        return None, URL if clinic.desk_email else None
    parts = _parts(values[URL])
    if not clinic.desk_email:
        return None, "desk_email in clinic.yml"
    if sender is None:
        raise SettingsError(f"{FROM} must be set: the clinic's own e-mail can't be sent from")
    return MailSettings(
        host=parts.hostname or "",
        port=parts.port or PORTS[parts.scheme],
        security=_security(parts),
        user=None if parts.username is None else unquote(parts.username),
        password=None if parts.password is None else unquote(parts.password),
        sender=sender,
        to=clinic.desk_email,
        unattended_minutes=clinic.unattended_minutes,
    ), None


def _read_sender(values: Mapping[str, str], clinic: Clinic) -> str | None:
    sender = values.get(FROM, clinic.email)
    if re.fullmatch(ADDRESS, sender):
        return sender
    if FROM in values:
        raise SettingsError(f"{FROM} must be an e-mail address such as desk@clinic.example")
    return None


def _parts(text: str) -> SplitResult:
    """Return the parts of the server's address; SettingsError."""
    try:
        parts = urlsplit(text)
        good = parts.scheme in PORTS and parts.hostname and parts.port != 0
        query = parse_qsl(parts.query, strict_parsing=True) if parts.query else []
    except ValueError:
        good, query = False, []
    blank = not re.fullmatch(r"[!-~]+", text)
    if not good or blank or parts.path not in ("", "/") or parts.fragment:
        raise SettingsError(
            f"{URL} must be an address such as {EXAMPLE}; signs such as @ / # in a password are "
            "written %40 %2F %23"
        )
    if bool(parts.username) != bool(parts.password):
        raise SettingsError(f"{URL} must have a user and a password, or neither")
    if query and (query != [("tls", "no")] or parts.scheme != "smtp"):
        raise SettingsError(f"{URL} may end with ?tls=no behind smtp://, and nothing else")
    if query and parts.hostname not in HERE:
        raise SettingsError(f"{URL}: ?tls=no is for a mail server on this machine only")
    return parts


def _security(parts: SplitResult) -> Security:
    if parts.scheme == "smtps":
        return "tls"
    return "none" if parts.query else "starttls"
