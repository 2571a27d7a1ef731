"""Messages to render, and what a patient sees of what was rendered."""

from typing import Any

from bot.channels.whatsapp.rendering import Words, render
from bot.conversation.message import Booking, Citation, Figure, Kind, Message, Suggestion
from tests.whatsapp.outbound_limits import wrong_with

WORDS = Words(
    more="Read more",
    choose="See the questions",
    book="Book a visit",
    person="Talk to a person",
    picture="What the picture shows",
)
BOOKING = Booking("Book a free consultation", "https://clinic.example/book/abc")
FIGURE = Figure(
    "timeline", "https://clinic.example/static/timeline.svg?day=21", "You are at day 21."
)
LONG = "What happens in my knee from two to six months?"
SAFE = Suggestion("Is it safe?", "ask:safe")
MONTHS = Suggestion(LONG, "ask:months")
WHY = Suggestion("Why?", "ask:why")


def short(payload: str) -> str | None:
    """Return the label of at most 20 characters that the knowledge has for this payload."""
    return {"ask:months": "Months 2 to 6", "ask:safe": "Is it safe?"}.get(payload)


def citation(section: str, title: str, document: str = "doc") -> Citation:
    """Return where a quotation stands."""
    url = f"https://clinic.example/learn/{document}?mark={section}.1-1#{section}"
    return Citation(document, f"{document}#{section}", title, "Quote.", url)


def suggest(label: str, payload: str) -> Suggestion:
    """Return a next question."""
    return Suggestion(label, payload)


def message(
    kind: Kind = "answer",
    text: str = "It lasts.",
    citations: tuple[Citation, ...] = (),
    suggestions: tuple[Suggestion, ...] = (),
    booking: Booking | None = None,
    figure: Figure | None = None,
) -> Message:
    """Return a message with an id such as real ones have."""
    return Message("5f" * 16, kind, text, None, None, citations, suggestions, booking, figure)


def body_of(content: dict[str, Any]) -> str:
    """Return the text that is read."""
    part = content[content["type"]]
    if content["type"] == "interactive":
        return str(part["body"]["text"])
    return str(part["body"] if content["type"] == "text" else part["caption"])


def tapped(content: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what may be tapped: titles and what they send, of buttons or of a list."""
    action = content.get("interactive", {}).get("action", {})
    replies = [button["reply"] for button in action.get("buttons", [])]
    rows = [row for section in action.get("sections", []) for row in section["rows"]]
    return [(one["title"], one["id"]) for one in replies + rows]


def shown(given: Message, part: int = 0, speaker: str | None = None) -> dict[str, Any]:
    """Return one rendered part, which keeps all limits."""
    content = render(given, WORDS, short, part=part, speaker=speaker)
    assert wrong_with(content) == []
    return content
