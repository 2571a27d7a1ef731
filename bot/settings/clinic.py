"""The clinic as its `clinic.yml` describes it, every entry checked."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from bot.conversation.retention import Backup, KeepDays
from bot.settings.forms import check_form
from bot.settings.hours import Hours, lines, read_closed_on, read_week
from bot.settings.overlay import CHANGED_AT, TAKE_BACK, is_text, laid_over
from bot.settings.retention import keep_words, read_backups, read_keep_days


class SettingsError(Exception):
    """A setting is missing or wrong; the text is one line that names it and what to do."""


@dataclass(frozen=True, slots=True)
class Clinic:
    """What patients are told about the clinic, and where its pages are."""

    name: str
    strapline: str
    phone: str
    phone_link: str
    email: str
    address: str
    country: str  # ISO 3166-1 alpha-2: how telephone numbers are written, which holidays there are
    hours: Hours
    time_zone: str
    emergency_number: str
    crisis_line: str
    booking_url: str
    booking_label: str
    regulator_name: str
    regulator_url: str
    privacy_url: str
    keep_days: KeepDays
    accent: str
    texts: Mapping[str, str]
    whatsapp: str = ""  # as people see it; "" when there is none
    booking_provider: str = "link"
    desk_email: str = ""  # who is told of what waits; "" for nobody
    unattended_minutes: int = 10  # of opening hours, before somebody who waits is told of
    backups: tuple[Backup, ...] = ()
    country_division: str = ""  # a part with holidays of its own, after ISO 3166-2: ENG

    def facts(self) -> dict[str, str]:
        """Return what a fixed text may have filled in, by the name in its braces."""
        return {
            "clinic": self.name,
            "phone": self.phone,
            "email": self.email,
            "address": ", ".join(self.address.splitlines()),
            "hours": "\n".join(lines(self.hours)),
            "emergency": self.emergency_number,
            "crisis_line": self.crisis_line,
            "regulator": self.regulator_name,
            "regulator_url": self.regulator_url,
            "privacy_url": self.privacy_url,
            "booking_label": self.booking_label,
            "keep_days": keep_words(self.keep_days),
        }


# What may be left out, or left empty.
OPTIONAL = frozenset(field.name for field in fields(Clinic) if field.default is not MISSING)
LONGEST_UNATTENDED = 24 * 60  # minutes


def load_clinic(path: Path, changes: Mapping[str, object] | None = None) -> Clinic:
    """Read and check a clinic file with changes laid over it; SettingsError names what is wrong.

    A change has an entry's name, or `texts.` with the name of a text.
    """
    changes = changes or {}
    read = read_clinic(laid_over(read_entries(path), changes))
    if isinstance(read, Clinic):
        return read
    name, words = next(iter(read.items()))
    if name in changes or (name == "texts" and any(map(is_text, changes))):
        raise SettingsError(f"{CHANGED_AT}: {name} {words}; {TAKE_BACK}")
    raise SettingsError(f"{path.name}: {name} {words}")


def read_clinic(entries: Mapping[str, Any]) -> Clinic | dict[str, str]:
    """Return the clinic, or what is wrong with each entry, by its name."""
    names = [*(field.name for field in fields(Clinic)), "closed_on"]
    wrong = dict(_unknown(entries, names))
    values: dict[str, Any] = {}
    for name in names:
        if name in OPTIONAL and entries.get(name) in (None, ""):
            continue
        if name not in entries:
            wrong[name] = "is missing; add it"
            continue
        try:
            values[name] = _read_entry(name, entries[name])
        except ValueError as error:
            wrong[name] = str(error)
    if wrong:
        return wrong
    hours = Hours(values.pop("hours"), values.pop("closed_on"))
    return Clinic(hours=hours, **values)


def read_entries(path: Path) -> dict[str, Any]:
    """Return a clinic file's entries as they are written; SettingsError when it is no such file."""
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsError(f"{path.name} is missing; write one after the example") from None
    except (OSError, UnicodeError) as error:
        raise SettingsError(f"{path.name}: cannot be read ({error})") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" at line {mark.line + 1}" if mark else ""
        raise SettingsError(f"{path.name}: is not YAML{line}; look for a stray quote") from None
    except ValueError as error:
        # A date without quotes that no calendar has: YAML reads it, and doesn't say where it is.
        raise SettingsError(f"{path.name}: {error}; put dates in quotes and look again") from None
    if not isinstance(entries, dict):
        raise SettingsError(f"{path.name}: has no entries; write `name: ...` and so on")
    return entries


def _unknown(entries: Mapping[str, Any], names: list[str]) -> Iterator[tuple[str, str]]:
    for name in entries:
        if name not in names:
            near = get_close_matches(str(name), names, 1)
            hint = f"did you mean {near[0]}?" if near else "remove it"
            yield str(name), f"is not an entry; {hint}"


def _read_entry(name: str, value: object) -> object:
    if name in READERS:
        return READERS[name](value)
    text = _read_text(value)
    check_form(name, text)
    return text


def _read_text(value: object) -> str:
    if value is None or (isinstance(value, str) and not value.strip()):
        raise ValueError("is empty; fill it in")
    if not isinstance(value, str):
        raise ValueError(f"must be text: put {value} in quotes")
    return value.strip()


def _read_minutes(value: object) -> int:
    if type(value) is not int or not 1 <= value <= LONGEST_UNATTENDED:
        most = f"{LONGEST_UNATTENDED:,}"
        raise ValueError(
            f"must be a whole number of minutes from 1 to {most}, such as 10, unquoted"
        )
    return value


def _read_texts(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ValueError("must be names with texts, or {}")
    return {str(name): _read_text(text) for name, text in value.items()}


READERS: Mapping[str, Callable[[object], object]] = {
    "hours": read_week,
    "closed_on": read_closed_on,
    "keep_days": read_keep_days,
    "unattended_minutes": _read_minutes,
    "backups": read_backups,
    "texts": _read_texts,
}
