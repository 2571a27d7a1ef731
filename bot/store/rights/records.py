"""What belongs together, as the rights of patients see it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.store.desk.records import AuditEntry
from bot.store.tables import conversations
from bot.store.whatsapp.tables import contacts


@dataclass(frozen=True, slots=True)
class Record:
    """A person, as far as is known: their conversations, and who they are on WhatsApp."""

    conversations: tuple[str, ...]
    contacts: tuple[str, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """All ids by which the person is known here."""
        return (*self.conversations, *self.contacts)

    @property
    def by_root(self) -> Mapping[str, Sequence[str]]:
        """Return the ids by the table that they are of."""
        return {conversations.name: self.conversations, contacts.name: self.contacts}

    @property
    def id(self) -> str:
        """Return the id that stands for the whole, and gives it its reference."""
        return self.ids[0]


@dataclass(frozen=True, slots=True)
class Summary:
    """How a conversation stands, without a word of what was said in it."""

    id: str
    channel: str
    messages: int
    first: datetime
    last: datetime
    changed: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """A person, how their conversations stand, and how many rows of each table are theirs."""

    record: Record
    conversations: Sequence[Summary]
    counts: Mapping[str, int]


# What the audit is told of whom, and of how much; of nobody when nobody was found.
Entry = Callable[[Found | None], AuditEntry]
