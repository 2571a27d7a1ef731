"""What is kept, in words that a patient understands, by the table it stands in."""

from collections.abc import Mapping

CHANNELS = {"widget": "Website", "whatsapp": "WhatsApp", "desk": "Front desk"}
TABLES = {
    "conversations": "Conversations",
    "turns": "Turns of the conversation",
    "messages": "Messages",
    "feedback": "Ratings of answers",
    "booking_clicks": "Presses of a booking button",
    "whatsapp_contacts": "WhatsApp contact, with name and number",
    "whatsapp_updates": "Messages from WhatsApp that wait",
    "whatsapp_deliveries": "Messages sent on WhatsApp",
    "whatsapp_carries": "Codes to go on in WhatsApp",
    "callbacks": "Call-backs",
}


def table_words(name: str) -> str:
    """Return what a table holds, in words."""
    return TABLES.get(name) or name.replace("_", " ").capitalize()


def channel_words(name: str) -> str:
    """Return what a channel is called."""
    return CHANNELS.get(name) or name.capitalize()


def counted(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return what there is of anything, in words, and how many of it."""
    return [(table_words(name), count) for name, count in counts.items() if count]
