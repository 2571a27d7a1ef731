"""A piece of a conversation as the widget gets it, over whichever line."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import Conversations
from bot.conversation.holding import Person

# What is read at once; a widget asks for what was before when a patient wants to see it.
PAGE = 50


def speaker(person: Person | None) -> str | None:
    """Return the name of whoever of staff speaks."""
    return None if person is None else person.name


async def read_page(
    conversations: Conversations,
    conversation: str,
    desk: Mapping[str, Any],
    after: int = 0,
    before: int | None = None,
) -> dict[str, Any]:
    """Return the newest entries between two cursors, and how the conversation stands."""
    state = await conversations.state(conversation)
    entries = await conversations.entries(conversation, after=after, before=before, limit=PAGE)
    return {
        "entries": [entry.to_dict() for entry in entries],
        "earlier": bool(entries) and entries[0].seq > after + 1,
        "holder": state.holder,
        "by": speaker(state.holding.person),
        "desk": desk,
    }
