"""The settings: environment variables and `clinic.yml` with the managers' changes, checked."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.settings.booking import BookingSettings, plain_address, read_booking
from bot.settings.clinic import Clinic, SettingsError, load_clinic
from bot.settings.kept_secret import SHORTEST, kept_secret
from bot.settings.mail import MailSettings, read_mail
from bot.settings.overlay import CHANGED_AT
from bot.settings.variables import (
    PREFIX,
    VARIABLES,
    Variable,
    read_port,
    read_url,
    read_urls,
    refuse_unknown,
)
from bot.settings.whatsapp import WhatsAppSettings, read_whatsapp, whatsapp_problems

__all__ = [
    "VARIABLES",
    "BookingSettings",
    "Clinic",
    "MailSettings",
    "Settings",
    "SettingsError",
    "Variable",
    "WhatsAppSettings",
    "child_environment",
    "chosen_variables",
    "kept_database",
    "load_settings",
    "settings_from_environment",
    "with_whole_urls",
    "wrong_whatsapp_variables",
]


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a start needs to know, checked."""

    root: Path
    data: Path
    public_url: str
    websites: tuple[str, ...]
    host: str
    port: int
    action_port: int
    engine_port: int
    engine_url: str | None
    database_url: str
    secret: str = field(repr=False)
    engine_token: str = field(repr=False)
    clinic: Clinic
    whatsapp: WhatsAppSettings | None
    whatsapp_missing: tuple[str, ...]
    booking: BookingSettings
    mail: MailSettings | None
    mail_missing: str | None


# What managers changed, by the entry's name, in the database at an address.
Changes = Callable[[str], Mapping[str, object]]


def settings_from_environment(root: Path) -> Settings:
    """Load the settings of this process, as managers changed them; SettingsError if wrong."""
    return load_settings(root, os.environ, _kept_changes)


def kept_database(root: Path) -> str:
    """Return the address of this process's database, whatever else is wrong; SettingsError."""
    return _database_url(os.environ, root / (os.environ.get("CANDOR_DATA") or "var"))


def child_environment(**changes: str) -> dict[str, str]:
    """Return the environment for a child process: ours, less Candor's settings, with changes."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith(PREFIX)}
    return kept | changes


def chosen_variables() -> dict[str, str]:
    """Return which settings the environment has, secrets hidden."""
    return {
        variable.name: "(hidden)" if variable.secret else os.environ[variable.name]
        for variable in VARIABLES
        if os.environ.get(variable.name)
    }


def wrong_whatsapp_variables() -> dict[str, str]:
    """Return what is wrong with this process's variables of WhatsApp, by name, a line each."""
    return whatsapp_problems(os.environ)


def load_settings(
    root: Path, environ: Mapping[str, str], changes: Changes = lambda _url: {}
) -> Settings:
    """Read variables and `clinic.yml` under root; SettingsError names what is wrong.

    `changes` is asked for what lies over the file, by the database's address.
    """
    values = {name: text for name, text in environ.items() if name.startswith(PREFIX) and text}
    refuse_unknown(values)
    port = read_port(values, "CANDOR_PORT", 8080)
    public_url = read_url(values, "CANDOR_PUBLIC_URL") or f"http://localhost:{port}"
    data = root / values.get("CANDOR_DATA", "var")
    whatsapp, whatsapp_missing = read_whatsapp(values)
    database_url = _database_url(values, data)
    clinic = load_clinic(root / "clinic.yml", changes(database_url))
    clinic = with_whole_urls(clinic, public_url)
    booking = read_booking(clinic.booking_provider, clinic.booking_url, values)
    mail, mail_missing = read_mail(values, clinic)
    settings = Settings(
        root=root,
        data=data,
        public_url=public_url,
        websites=read_urls(values, "CANDOR_WEBSITES"),
        host=values.get("CANDOR_HOST", "127.0.0.1"),
        port=port,
        action_port=read_port(values, "CANDOR_ACTION_PORT", 5055),
        engine_port=read_port(values, "CANDOR_ENGINE_PORT", 5005),
        engine_url=read_url(values, "CANDOR_ENGINE_URL"),
        database_url=database_url,
        secret=_secret(values, "CANDOR_SECRET", data),
        engine_token=_secret(values, "CANDOR_ENGINE_TOKEN", data),
        clinic=replace(clinic, booking_url=plain_address(clinic.booking_url)),
        whatsapp=whatsapp,
        whatsapp_missing=whatsapp_missing,
        booking=booking,
        mail=mail,
        mail_missing=mail_missing,
    )
    _refuse_shared_ports(settings)
    return settings


def _kept_changes(database_url: str) -> Mapping[str, object]:
    # Imported late: a wrong variable is told before the database's library is loaded.
    from bot.conversation import StoreUnavailable
    from bot.store.desk.settings import read_changes

    try:
        return read_changes(database_url)
    except StoreUnavailable as error:
        raise SettingsError(f"the changes made at {CHANGED_AT} can't be read: {error}") from None


def _refuse_shared_ports(settings: Settings) -> None:
    ports = {"CANDOR_PORT": settings.port, "CANDOR_ACTION_PORT": settings.action_port}
    if settings.engine_url is None:
        ports["CANDOR_ENGINE_PORT"] = settings.engine_port
    seen: dict[int, str] = {}
    for name, port in ports.items():
        if port in seen:
            raise SettingsError(f"{name} is the same port as {seen[port]}; choose another")
        seen[port] = name


def _database_url(values: Mapping[str, str], data: Path) -> str:
    name = "CANDOR_DATABASE_URL"
    url = values.get(name) or f"sqlite:///{data / 'candor.db'}"
    if not url.startswith("sqlite://"):
        raise SettingsError(f"{name} must begin with sqlite://")
    return url


def _secret(values: Mapping[str, str], name: str, data: Path) -> str:
    if name not in values:
        return kept_secret(data / name.removeprefix(PREFIX).lower().replace("_", "-"))
    if len(values[name]) < SHORTEST or not values[name].isascii():
        raise SettingsError(
            f"{name} must have {SHORTEST} characters or more, plain letters and digits"
        )
    return values[name]


def with_whole_urls(clinic: Clinic, public_url: str) -> Clinic:
    """Return the clinic with the site's address before paths of its own pages."""

    def whole(url: str) -> str:
        return public_url + url if url.startswith("/") else url

    return replace(
        clinic, booking_url=whole(clinic.booking_url), privacy_url=whole(clinic.privacy_url)
    )
