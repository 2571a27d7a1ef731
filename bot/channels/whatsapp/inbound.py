"""What comes in over WhatsApp: messages, statuses of what was sent, and faults.

Texts (bodies, labels, payloads, captions, emojis, adverts) are as they came, so they may hold
control characters and lone surrogates. Ids, phone numbers, names, states and titles are clean.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

MediaKind = Literal["image", "video", "audio", "voice", "document", "sticker"]


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote: at least one of Meta's user id and the phone number (digits only) is known."""

    user_id: str | None
    phone: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Text:
    """Words that the patient typed."""

    body: str


@dataclass(frozen=True, slots=True)
class Tapped:
    """A tapped button or row of a list: what we put behind it, and what the patient read on it."""

    payload: str
    label: str


@dataclass(frozen=True, slots=True)
class Reaction:
    """An emoji on a message; None takes it back."""

    message_id: str
    emoji: str | None


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, film, recording, document or sticker, and what the patient wrote with it."""

    kind: MediaKind
    caption: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """A location; where it is isn't kept."""


@dataclass(frozen=True, slots=True)
class Cards:
    """Contact cards of other people; whose isn't kept."""


@dataclass(frozen=True, slots=True)
class Order:
    """An order from a catalogue, and what the patient wrote with it; the goods aren't kept."""

    text: str | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """A message that the patient wrote anew, and what it says now."""

    message_id: str
    content: "Content"


@dataclass(frozen=True, slots=True)
class Revoke:
    """A message that the patient deleted for everyone."""

    message_id: str


@dataclass(frozen=True, slots=True)
class NewNumber:
    """The patient's number or user id changed to this; at least one of them is known."""

    phone: str | None
    user_id: str | None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that WhatsApp or we can't read; `kind` is its type, fit for a log."""

    kind: str


@dataclass(frozen=True, slots=True)
class Told:
    """Something that WhatsApp tells of the patient, such as a new phone; nobody wrote it."""


Content = (
    Text
    | Tapped
    | Reaction
    | Media
    | Place
    | Cards
    | Order
    | Edit
    | Revoke
    | NewNumber
    | Told
    | Unreadable
)


def words_of(content: Content) -> str:
    """Return the words that a patient typed, wherever they stand in a message; none for a tap."""
    match content:
        case Text(words) | Media(_, str(words)) | Order(str(words)):
            return words
        case Edit(_, changed):
            return words_of(changed)
    return ""


@dataclass(frozen=True, slots=True)
class Received:
    """One patient's message: `sent_at` (UTC) is None when its time is garbage, `raw` as it came."""

    id: str
    number_id: str
    sender: Sender
    sent_at: datetime | None
    content: Content
    replies_to: str | None
    referral: Mapping[str, str] | None
    raw: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Status:
    """What became of a message we sent: `id` is Meta's for it, `opaque` what we sent along."""

    id: str
    number_id: str
    state: str
    at: datetime | None
    opaque: str | None
    codes: tuple[int, ...]
    raw: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of the number or the account that Meta tells of."""

    number_id: str | None
    code: int | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """All that one delivery brought; `skipped` tells without content what was left out, and why."""

    messages: tuple[Received, ...]
    statuses: tuple[Status, ...]
    faults: tuple[Fault, ...]
    skipped: tuple[str, ...]
