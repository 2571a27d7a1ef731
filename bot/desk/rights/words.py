"""What is kept, in words that a patient understands, by the table it stands in."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
# In the order in which they are told.
TABLES = {
    "conversations": "Conversations",
    "messages": "Messages",
    "feedback": "Ratings of answers",
    "callbacks": "Call-backs",
    "whatsapp_contacts": "WhatsApp contact, with name and number",
    "whatsapp_updates": "Messages from WhatsApp that wait",
    "whatsapp_deliveries": "Messages sent on WhatsApp",
    "whatsapp_carries": "Codes to go on in WhatsApp",
    "turns": "Turns: when each question came and was answered",
    "booking_clicks": "Presses of a booking button",
}
# They stay as a number when the person is erased.
ONLY_COUNTED = ("booking_clicks",)


def table_words(name: str) -> str:
    """Return what a table holds, in words."""
    return TABLES.get(name) or name.replace("_", " ").capitalize()


def counted(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return what is erased of anything, in words, and how many of it."""
    return [
        (table_words(name), counts[name])
        for name in in_order(counts)
        if counts[name] and name not in ONLY_COUNTED
    ]


def in_order(names: Iterable[str]) -> list[str]:
    """Return tables in the order in which they are told, those without words last."""
    known = list(TABLES)
    return sorted(names, key=lambda name: known.index(name) if name in TABLES else len(known))


def shown(value: object, when: Callable[[datetime], str]) -> object:
    """Return what a reader sees of a value: a moment as people write it, the rest as it is."""
    if not isinstance(value, str) or not MOMENT.match(value):
        return value
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    return value if moment.tzinfo is None else when(moment)
