"""How it stands with a conversation, in the words of the desk, and what may be done in it."""

from dataclasses import dataclass
from datetime import datetime

from bot.conversation.holding import Holder, Holding
from bot.desk.waiting import for_how_long

WINDOW = (
    "The patient wrote more than 24 hours ago, so WhatsApp would drop what you write now. "
    "Ask them to write again first."
)
STOPPED = "The patient wrote STOP: nothing is written to them until they write START. Ring them."
REASONS = {
    "asked": "The patient asked for a person",
    "left": "A colleague had to leave before the patient was answered",
    "late": "The patient's message came too late for the assistant to answer it",
}


@dataclass(frozen=True, slots=True)
class Writable:
    """Whether one may write to a patient: `window` freely, and `template` asking them to reply."""

    window: bool = True
    template: bool = False
    stopped: bool = False
    left: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with a conversation: who speaks, and in `words` how the patient is served.

    `refusal` is why nothing can be written to the patient just now; `urgent` for how long an
    emergency has waited to be looked after; `left` how long one may write freely on WhatsApp.
    """

    speaker: str
    words: str
    holder: Holder
    mine: bool
    urgent: str | None
    left: str | None
    refusal: str | None
    may_ask_to_write: bool


def standing_of(holding: Holding, me: str, now: datetime, line: Writable) -> Standing:
    """Return how it stands for a person of staff (`me`)."""
    person = holding.person
    mine = person is not None and person.id == me
    other = None if person is None or mine else person.name
    refusal = STOPPED if line.stopped else None if line.window else WINDOW
    if other is not None:
        refusal = f"{other} has this conversation. Only one person writes at a time."
    return Standing(
        speaker=_speaker(holding, mine),
        words=_words(holding, now),
        holder=holding.holder,
        mine=mine,
        urgent=for_how_long(holding.urgent, now) if holding.urgent else None,
        left=line.left,
        refusal=refusal,
        may_ask_to_write=not line.window and line.template and not line.stopped,
    )


def _speaker(holding: Holding, mine: bool) -> str:
    if holding.holder == "staff" and holding.person is not None:
        return "You have this conversation" if mine else f"{holding.person.name} has it"
    return "Waiting for a person" if holding.holder == "waiting" else "The assistant answers"


def _words(holding: Holding, now: datetime) -> str:
    """Return how long the patient has been waiting, and why."""
    if holding.holder == "staff":
        if holding.unanswered is None:
            return "The patient is answered."
        return f"The patient has been waiting for {for_how_long(holding.unanswered, now)}."
    if holding.holder == "waiting":
        waits = for_how_long(holding.unanswered or holding.since, now)
        reason = REASONS.get(holding.reason or "", "The patient waits for a person")
        return f"{reason}, and has been waiting for {waits}. The assistant answers meanwhile."
    if holding.closed:
        closed = for_how_long(holding.closed, now)
        return f"Closed {closed} ago; it comes back when the patient writes."
    return ""
