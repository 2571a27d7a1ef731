"""What an action says, and what the conversation remembers of it."""

from dataclasses import dataclass
from typing import Any

from actions.heard import Heard
from bot.conversation.message import Message
from bot.conversation.payload import Ask


@dataclass(frozen=True, slots=True)
class Said:
    """One message and the answer it belongs to; `missed` when the question was not understood."""

    message: Message
    answer: Ask | None = None
    missed: bool = False


def slots_after(said: Said, heard: Heard) -> dict[str, Any]:
    """Return the slots as they are after the turn."""
    return {
        "joint": heard.joint,
        "last_answer": str(said.answer) if said.answer else heard.memory.last_answer,
        "offered": _offered(said.message),
        "last_kind": said.message.kind,
        "misses": heard.memory.misses + 1 if said.missed else 0,
    }


def _offered(message: Message) -> str | None:
    """Return what a plain "yes please" would take up: the first question, else the booking."""
    if message.suggestions:
        return message.suggestions[0].payload
    return "book" if message.booking else None
