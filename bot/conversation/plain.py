"""A conversation as plain text, for a patient to keep."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.conversation.records import Entry


@dataclass(frozen=True, slots=True)
class Names:
    """What those who speak are called; people of staff have names of their own."""

    patient: str
    assistant: str
    staff: str = "Staff"  # where a message came without a name


def as_text(entries: Iterable[Entry], names: Names, zone: ZoneInfo) -> str:
    """Return the entries in order: who spoke and when in that zone, the text, its sources.

    Quotations stand in the text already, and buttons mean nothing on paper: neither is repeated.
    The text ends with a line break, and is empty without entries.
    """
    return "\n".join(_entry(entry, names, zone) for entry in entries)


def _entry(entry: Entry, names: Names, zone: ZoneInfo) -> str:
    sources = dict.fromkeys(f"{one.title}: {one.url}" for one in entry.message.citations)
    head = f"{_speaker(entry, names)}, {moment(entry.at.astimezone(zone))}"
    return "".join(f"{part}\n" for part in (head, entry.message.text, *sources))


def _speaker(entry: Entry, names: Names) -> str:
    if entry.author == "staff":
        return entry.name or names.staff
    return names.patient if entry.author == "patient" else names.assistant


def moment(at: datetime) -> str:
    """Return a moment as people write it: 26 November 2026, 14:05."""
    return f"{at.day} {at:%B %Y, %H:%M}"
