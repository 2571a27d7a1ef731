"""Entries of the settings as a form shows and sends them."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.desk.settings.entries import Entry

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
BY_CHANNEL = re.compile(r"\b([a-z]+)[ :]+(\d{1,6})\b")
OTHERS = ("other-1", "other-2", "other-3")
NO_DATE = "That is not a date. Write it like 2026-12-24."


def shown(entry: Entry, value: Any) -> dict[str, str]:  # noqa: ANN401 - whatever YAML holds
    """Return what a form's fields hold for a value, by their ids."""
    if entry.kind == "week":
        week = value if isinstance(value, Mapping) else {}
        return {f"{entry.name}-{day}": str(week.get(day) or "") for day in WEEKDAYS}
    if entry.kind == "days":
        return {f"day-{day}": "on" for day in days_of(value)}
    return {entry.name: "" if value is None else _line(value)}


def sent(entry: Entry, form: Mapping[str, str], today: date) -> Any:  # noqa: ANN401
    """Return the value that a form was sent with, as `clinic.yml` would hold it.

    Days that are past are dropped.
    """
    if entry.kind == "week":
        week = {day: form.get(f"{entry.name}-{day}", "").strip() for day in WEEKDAYS}
        return {day: spans for day, spans in week.items() if spans}
    if entry.kind == "days":
        kept = {name.removeprefix("day-") for name in form if name.startswith("day-")}
        added = {form.get(name, "").strip() for name in OTHERS} - {""}
        return sorted(day for day in kept | added if not _is_past(day, today))
    text = "\n".join(line.strip() for line in form.get(entry.name, "").strip().splitlines())
    if entry.kind == "by_channel" and (pairs := BY_CHANNEL.findall(text)):
        return {channel: int(number) for channel, number in pairs}
    if (
        entry.kind in ("number", "by_channel")
        and text.isascii()
        and text.isdigit()
        and len(text) < 9
    ):
        return int(text)
    return text


def wrong_dates(form: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong with added days, by the field's id."""
    typed = ((name, form.get(name, "").strip()) for name in OTHERS)
    return {name: NO_DATE for name, text in typed if text and date_of(text) is None}


def in_words(entry: Entry, value: Any) -> tuple[str, ...]:  # noqa: ANN401
    """Return a value as people read it, in lines."""
    if value is None or value in ("", [], {}):
        return ("None",)
    if entry.kind == "week":
        spans = ((day, str(value.get(day) or "closed")) for day in WEEKDAYS)
        return tuple(f"{day.title()}: {text}" for day, text in spans)
    if entry.kind == "days":
        return tuple(written(day) for day in days_of(value))
    names = dict(entry.choices)
    return tuple(names.get(str(value), _line(value)).splitlines())


def days_of(value: Any) -> list[str]:  # noqa: ANN401
    """Return the days of a list, in order, as 2026-12-24; YAML may have read them as dates."""
    return sorted(str(day).strip() for day in value) if isinstance(value, list) else []


def written(day: str) -> str:
    """Return a day as people write it: Thursday 24 December 2026."""
    found = date_of(day)
    return f"{found:%A} {found.day} {found:%B %Y}" if found else day


def field_of(entry: Entry, words: str) -> str:
    """Return the id of the field that words about an entry are about."""
    if entry.kind == "week":
        day = next((day for day in WEEKDAYS if words.startswith(f"of {day}")), WEEKDAYS[0])
        return f"{entry.name}-{day}"
    return OTHERS[0] if entry.kind == "days" else entry.name


def plainly(entry: Entry, words: str) -> str:
    """Return what is wrong with an entry for somebody who doesn't see the file."""
    for quoting in (" in quotes,", ", unquoted", " in quotes"):
        words = words.replace(quoting, "," if quoting.endswith(",") else "")
    if entry.kind == "week":
        words = words.replace("leave the day out when", "leave the day empty when")
        words = re.sub(r"^of (\w+)", lambda day: f"of {day[1].title()}", words)
    return f"{entry.label} {words}."


def _line(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, Mapping):
        return ", ".join(f"{channel} {number}" for channel, number in value.items())
    return str(value).strip()


def _is_past(day: str, today: date) -> bool:
    found = date_of(day)
    return found is not None and found < today


def date_of(text: str) -> date | None:
    """Return the day that is written like 2026-12-24; None when it is none."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-12-24") else None
    except ValueError:
        return None
