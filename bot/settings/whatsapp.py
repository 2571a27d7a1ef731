"""What the WhatsApp channel needs to start, read from the environment and checked."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

from bot.settings.clinic import SettingsError
from bot.settings.variables import PREFIX, VARIABLES, read_url

SHARED = PREFIX + "WHATSAPP_"
NEEDED = tuple(SHARED + name for name in ("TOKEN", "APP_SECRET", "VERIFY_TOKEN", "NUMBER_ID"))
# Meta delivers a message for seven days, so none is later than that.
LATEST = 168  # hours

type LateReply = Literal["answer", "leave"]


@dataclass(frozen=True, slots=True)
class WhatsAppSettings:
    """A clinic's number on WhatsApp, what proves who speaks, and how late messages are met."""

    token: str = field(repr=False)
    app_secret: str = field(repr=False)
    verify_token: str = field(repr=False)
    number_id: str
    account_id: str | None
    graph_url: str
    graph_version: str
    template_name: str | None
    template_language: str | None
    late: timedelta
    late_reply: LateReply


def read_whatsapp(values: Mapping[str, str]) -> tuple[WhatsAppSettings | None, tuple[str, ...]]:
    """Return the settings of the channel, or None, and the needed variables that are missing.

    Both are empty when no variable of WhatsApp is set: the channel is off. Without one of the
    needed ones it can't start. SettingsError for the first that has a wrong form.
    """
    chosen = {name: text for name, text in values.items() if name.startswith(SHARED) and text}
    if not chosen:
        return None, ()
    read: dict[str, Any] = {name: _read(name, text) for name, text in chosen.items()}
    missing = tuple(name for name in NEEDED if name not in read)
    if missing:
        return None, missing
    name, language = read.get(f"{SHARED}TEMPLATE", (None, None))
    return WhatsAppSettings(
        token=read[f"{SHARED}TOKEN"],
        app_secret=read[f"{SHARED}APP_SECRET"],
        verify_token=read[f"{SHARED}VERIFY_TOKEN"],
        number_id=read[f"{SHARED}NUMBER_ID"],
        account_id=read.get(f"{SHARED}ACCOUNT_ID"),
        graph_url=read.get(f"{SHARED}GRAPH_URL", "https://graph.facebook.com"),
        graph_version=read.get(f"{SHARED}GRAPH_VERSION", "v24.0"),
        template_name=name,
        template_language=language,
        late=read.get(f"{SHARED}LATE", timedelta(hours=6)),
        late_reply=read.get(f"{SHARED}LATE_REPLY", "answer"),
    ), ()


def whatsapp_problems(values: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong with each variable of WhatsApp that is set, by its name; one line."""
    problems = {}
    for variable in VARIABLES:
        if variable.name.startswith(SHARED) and values.get(variable.name):
            try:
                _read(variable.name, values[variable.name])
            except SettingsError as error:
                problems[variable.name] = str(error)
    return problems


def _read(name: str, text: str) -> object:
    if name == f"{SHARED}GRAPH_URL":
        return read_url({name: text}, name)
    try:
        return READERS[name.removeprefix(SHARED)](text)
    except ValueError as error:
        raise SettingsError(f"{name} must be {error}") from None


def _read_secret(text: str) -> str:
    # It travels in a header or is compared byte by byte: a blank that was copied along breaks it.
    if not re.fullmatch(r"[!-~]+", text):
        raise ValueError("plain letters, digits and signs without blanks; copy it again")
    return text


def _read_number_id(text: str) -> str:
    if not re.fullmatch(r"[0-9]{5,32}", text):
        raise ValueError(
            "digits alone: the phone number ID under WhatsApp > API Setup, not the telephone number"
        )
    return text


def _read_account_id(text: str) -> str:
    if not re.fullmatch(r"[0-9]{5,32}", text):
        raise ValueError("digits alone: the WhatsApp Business account ID under API Setup")
    return text


def _read_version(text: str) -> str:
    if not re.fullmatch(r"v[0-9]{1,3}\.[0-9]", text):
        raise ValueError("a version of Graph such as v24.0")
    return text


def _read_template(text: str) -> tuple[str, str]:
    name, _, language = text.partition("/")
    good = re.fullmatch(r"[a-z0-9_]{1,512}", name)
    if not good or not re.fullmatch(r"[a-z]{2,3}(_[A-Z]{2,3})?", language):
        raise ValueError("a template's name and language, such as answer_ready/en_GB")
    return name, language


def _read_late(text: str) -> timedelta:
    hours = float(text) if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,3})?", text) else 0
    if not 0 < hours <= LATEST:
        raise ValueError(f"a number of hours above 0 and up to {LATEST}, such as 6")
    return timedelta(hours=hours)


def _read_late_reply(text: str) -> str:
    if text not in ("answer", "leave"):
        raise ValueError("answer or leave")
    return text


READERS: Mapping[str, Callable[[str], object]] = {
    "TOKEN": _read_secret,
    "APP_SECRET": _read_secret,
    "VERIFY_TOKEN": _read_secret,
    "NUMBER_ID": _read_number_id,
    "ACCOUNT_ID": _read_account_id,
    "GRAPH_VERSION": _read_version,
    "TEMPLATE": _read_template,
    "LATE": _read_late,
    "LATE_REPLY": _read_late_reply,
}
