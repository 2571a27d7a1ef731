"""What the store of questions takes and gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

Why = Literal["declined", "unsure", "unhelpful"]
DecisionKind = Literal["answer", "passage", "not_ours", "noise"]


class AlreadyDecided(Exception):
    """Somebody else was quicker; `decision` is theirs."""

    def __init__(self, decision: "Decision") -> None:
        super().__init__(decision.id)
        self.decision = decision


@dataclass(frozen=True, slots=True)
class Reply:
    """One of the assistant's messages in a turn; `unhelpful` when the patient said so."""

    kind: str
    intent: str | None
    confidence: float | None
    extras: Mapping[str, Any]
    unhelpful: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A finished turn as it was: what the patient asked and what was replied."""

    turn_id: str
    conversation_id: str
    channel: str
    text: str
    at: datetime
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question without personal data; `id` counts up, 0 for one that isn't kept yet.

    `key` is the same for the same words; `guesses` are intents with their confidence.
    """

    id: int
    text: str
    key: str
    why: Why
    intent: str | None
    confidence: float | None
    language: str | None
    channel: str
    day: date
    guesses: tuple[tuple[str, float], ...] | None = None


@dataclass(frozen=True, slots=True)
class Quoted:
    """Passages `first` to `last` of a section, as they were word for word when they were chosen."""

    section: str
    first: int
    last: int
    text: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about questions.

    `target` is the answer's id for `answer`, and the topic to decline with for `not_ours`.
    """

    id: str
    kind: DecisionKind
    target: str | None
    quotes: tuple[Quoted, ...]
    staff_id: str
    staff_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision with the wordings it holds for.

    `asked` is how often, before and after it, as far as those conversations are still kept.
    """

    decision: Decision
    texts: tuple[str, ...]
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """How many questions are open, and how many decisions there are."""

    questions: int
    decisions: int
