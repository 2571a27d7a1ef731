"""What the assistant says: one message, with its citations and what a person may do next."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args
from uuid import uuid4

Kind = Literal[
    "patient",
    "staff",
    "answer",
    "clarify",
    "decline",
    "urgent",
    "booking",
    "handoff",
    "smalltalk",
    "notice",
]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quoted passage stands."""

    document: str
    section: str
    title: str
    quote: str
    url: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A next question as a button; `sections` are what its answer would cite first."""

    label: str
    payload: str
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Booking:
    """The booking offer: what the button says and the counted link behind it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture that belongs to an answer, with its words for those who don't see it."""

    kind: str
    url: str
    alt: str


@dataclass(frozen=True, slots=True)
class Message:
    """One text by patient, assistant or staff; the same on every channel."""

    id: str
    kind: Kind
    text: str
    intent: str | None = None
    confidence: float | None = None
    citations: tuple[Citation, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    booking: Booking | None = None
    figure: Figure | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the message as the JSON object that every channel carries."""
        return asdict(self)


def new_id() -> str:
    """Return an id that no other message has."""
    return uuid4().hex


def message_from_dict(data: Mapping[str, Any]) -> Message:
    """Read a message back from its JSON object; KeyError or TypeError when it isn't one."""
    if data["kind"] not in KINDS:
        raise KeyError(f"unknown kind of message: {data['kind']}")
    return Message(
        id=data["id"],
        kind=data["kind"],
        text=data["text"],
        intent=data.get("intent"),
        confidence=data.get("confidence"),
        citations=tuple(Citation(**item) for item in data.get("citations") or ()),
        suggestions=tuple(
            Suggestion(item["label"], item["payload"], tuple(item.get("sections") or ()))
            for item in data.get("suggestions") or ()
        ),
        booking=Booking(**data["booking"]) if data.get("booking") else None,
        figure=Figure(**data["figure"]) if data.get("figure") else None,
    )
