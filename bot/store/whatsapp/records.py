"""What is kept for WhatsApp, as the channel sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

# Open: waiting (to be sent), sending (leased), unsure (sent, perhaps), held (the window is closed).
# Done: accepted by Graph, sent, delivered, read, failed; dropped because it isn't wanted any more.
State = Literal[
    "waiting",
    "sending",
    "unsure",
    "held",
    "accepted",
    "sent",
    "delivered",
    "read",
    "failed",
    "dropped",
]
OPEN: tuple[State, ...] = ("waiting", "sending", "unsure", "held")


@dataclass(frozen=True, slots=True)
class Who:
    """A person as WhatsApp names one: the business-scoped user id counts more than the number."""

    user_id: str | None
    phone: str | None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message to be kept: `key` is always the same for it, and tells nothing about it.

    `opens` tells that it opens the 24-hour window from `sent_at` on.
    """

    key: str
    who: Who
    sent_at: datetime
    content: Mapping[str, Any]
    opens: bool
    referral: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What Graph tells of a delivery, by our name for it or by its own.

    `state` is what becomes of the delivery (None: nothing): further on, or back to be sent again
    after `pause` seconds, or held until the window opens.
    """

    key: str
    opaque: str | None
    graph_id: str
    state: State | None
    code: int | None = None
    pause: float = 0.0


@dataclass(frozen=True, slots=True)
class Taken:
    """How many messages were new, whose, and whose deliveries have to be looked at again.

    `failed` has the code of each delivery that won't be sent again.
    """

    new: int
    wrote: tuple[str, ...]
    changed: tuple[str, ...]
    failed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that was kept and is not worked on yet.

    `is_line` tells that the conversation has it as a line: its work was broken off after that.
    """

    id: int
    key: str
    sent_at: datetime
    arrived_at: datetime
    content: Mapping[str, Any]
    is_line: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """A person who writes on WhatsApp, and how things stand with them.

    `wrote_at` opens the 24-hour window; entries up to `queued_seq` have been queued for them.
    """

    id: str
    conversation_id: str | None
    user_id: str | None
    phone: str | None
    wrote_at: datetime | None
    introduced: bool
    stopped: bool
    reminded: bool
    queued_seq: int
    name: str | None = None


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """A message to be sent: one part of an entry, or something beside the conversation."""

    content: Mapping[str, Any]
    seq: int | None = None
    part: int = 0
    message_id: str | None = None
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message on its way to a person; `opaque` is our name for it that Graph repeats.

    `attempts` were made to send it, and after `doubts` of them nobody could know whether it
    arrived. Before `due_at` nothing is done with it.
    """

    id: int
    opaque: str
    contact_id: str
    conversation_id: str | None
    seq: int | None
    part: int
    message_id: str | None
    urgent: bool
    content: Mapping[str, Any]
    state: State
    attempts: int
    doubts: int
    due_at: datetime
    code: int | None
