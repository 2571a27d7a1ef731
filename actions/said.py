"""What an action says, and what the conversation remembers of it."""

from dataclasses import dataclass
from typing import Any

from actions.heard import Heard
from bot.conversation.message import Message
from bot.conversation.payload import Ask, read_ask


@dataclass(frozen=True, slots=True)
class Said:
    """One message and the answer it belongs to.

    `missed` when the question was not understood, `more` when the rest of the answer was told,
    `beside` for what must be said with it and is no quotation (before it when it `warns`),
    `further` for the answers to the other questions of the same message. `then` names a form that
    speaks in its place.
    """

    message: Message
    answer: Ask | None = None
    missed: bool = False
    more: bool = False
    beside: Message | None = None
    warns: bool = False
    further: tuple["Said", ...] = ()
    then: str | None = None

    @property
    def messages(self) -> tuple[Message, ...]:
        """Everything that is said, in order."""
        beside = () if self.beside is None else (self.beside,)
        own = (*beside, self.message) if self.warns else (self.message, *beside)
        return own + tuple(message for said in self.further for message in said.messages)


def slots_after(said: Said, heard: Heard) -> dict[str, Any]:
    """Return the slots as they are after the turn; of several answers the last is remembered."""
    if said.further:
        return slots_after(said.further[-1], heard)
    knee = said.answer is not None and said.answer.joint == "knee"
    return {
        "joint": "knee" if knee else heard.joint,
        "last_answer": str(said.answer) if said.answer else heard.memory.last_answer,
        "offered": _offered(said.message),
        "last_kind": said.message.kind,
        "misses": heard.memory.misses + 1 if said.missed else 0,
        "more_told": said.more,
    }


def _offered(message: Message) -> str | None:
    """Return what a plain "yes please" would take up: the next question, else the booking.

    The same answer for another joint is on offer too, but it isn't what "yes" means.
    """
    for one in message.suggestions:
        ask = read_ask(one.payload)
        if ask is None or ask.answer != message.intent:
            return one.payload
    return "book" if message.booking else None
