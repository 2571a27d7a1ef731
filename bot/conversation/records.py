"""What a conversation consists of."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from bot.conversation.callbacks import Wish
from bot.conversation.holding import Holder, Holding, Person
from bot.conversation.message import Message

Author = Literal["patient", "assistant", "staff"]
# What the assistant must know of a conversation at its next turn; only the assistant reads it.
Memory = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Conversation:
    """Everything with one person on one channel, and who holds it."""

    id: str
    channel: str
    holding: Holding
    started_at: datetime

    @property
    def holder(self) -> Holder:
        """Return who speaks."""
        return self.holding.holder


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the patient says of one of the assistant's messages, and why."""

    helpful: bool
    reason: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the transcript; `seq` counts 1, 2, 3 ... in the order of display.

    `key` is the one that a patient's message was sent with, `name` that of the person of staff who
    wrote, and `feedback` the patient's on what the assistant said.
    """

    seq: int
    author: Author
    message: Message
    at: datetime
    key: str | None = None
    name: str | None = None
    feedback: Feedback | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the entry as the JSON object that every channel carries."""
        return {
            "seq": self.seq,
            "author": self.author,
            "message": self.message.to_dict(),
            "at": self.at.isoformat(timespec="milliseconds"),
            "key": self.key,
            "name": self.name,
            "feedback": None if self.feedback is None else asdict(self.feedback),
        }


@dataclass(frozen=True, slots=True)
class News:
    """What a follower hasn't seen yet, who holds the conversation now, and that person's name."""

    entries: tuple[Entry, ...]
    holder: Holder
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a patient as a channel hands it over.

    `text` is what the assistant is asked, None when there are no words in it; `shown` is what the
    transcript says when that isn't the text itself, and the same key is the same line.
    """

    text: str | None
    key: str | None = None
    shown: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A patient's message to be kept, with the key it was sent with."""

    message: Message
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What a patient said at once, waiting for its replies.

    `note` is said before the reply; `restarts` were seen since it was kept; `more` tells that
    another waits behind it.
    """

    id: str
    conversation_id: str
    text: str
    holder: Holder
    restarts: int
    memory: Memory
    note: str | None
    more: bool


@dataclass(frozen=True, slots=True)
class Reply:
    """What the assistant says in a turn, and remembers after it (None: what it did before).

    `wish` is what the reply says is noted, so that it must be kept with it.
    """

    messages: Sequence[Message]
    memory: Memory | None = None
    wish: Wish | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """The turn of what is durable now; not `new` when every key was known already.

    `urgent` tells that a red flag was found, so that its reply is kept, too.
    """

    turn_id: str
    new: bool
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How a conversation stands when a turn is finished: who speaks in it, whether an urgent
    message was shown after the patient wrote, and when that is."""

    holding: Holding
    urgent_since: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What finishing a turn changes: the messages shown, who speaks from then on, what the
    assistant remembers of it (None: what it did before), and the wish that is kept with it."""

    messages: tuple[Message, ...]
    holding: Holding
    memory: Memory | None = None
    wish: Wish | None = None


@dataclass(frozen=True, slots=True)
class Did:
    """What somebody of staff did, as the audit calls it."""

    person: Person
    action: str


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a conversation without a turn: who speaks, and what is said meanwhile.

    `name` is that of the person of staff who says it; without one the assistant does. `did` is
    audited with it.
    """

    holding: Holding
    said: Message | None = None
    name: str | None = None
    did: Did | None = None


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The conversations that were deleted, and those of their turns that nobody finished."""

    conversations: tuple[str, ...]
    turns: tuple[str, ...]
