"""What the use case needs from others, and is handed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.conversation.holding import Holding
from bot.conversation.message import Message
from bot.conversation.records import (
    Change,
    Conversation,
    Entry,
    Forgotten,
    Kept,
    Line,
    Memory,
    News,
    Outcome,
    Reply,
    Standing,
    Turn,
)

Settle = Callable[[Standing], Outcome]
Decide = Callable[[Holding, datetime], Change]


class Assistant(Protocol):
    """Whoever knows the answers."""

    async def reply(self, conversation_id: str, text: str, memory: Memory) -> Reply:
        """Return the replies to a patient's text; AssistantUnavailable when that can't be done.

        The same text and memory give the same replies, so a turn may be tried again.
        """

    async def alarm(self, text: str) -> Message | None:
        """Return the urgent message if the text tells of a red flag; AssistantUnavailable."""

    async def harmless(self, text: str) -> bool:
        """Tell whether nothing in the text looks like a red flag; AssistantUnavailable."""

    async def read_ahead(self, text: str) -> None:
        """Begin with a text whose turn is about to come; AssistantUnavailable."""


class Store(Protocol):
    """Where conversations are kept durably; every method may raise StoreUnavailable or Closed."""

    async def start(self, channel: str, conversation_id: str | None = None) -> str:
        """Begin a conversation and return its id; nothing changes when the id given exists."""

    async def conversation(self, conversation_id: str) -> Conversation:
        """Return a conversation's state; UnknownConversation."""

    async def change(
        self, conversation_id: str, decide: Decide, key: str | None = None
    ) -> Entry | None:
        """Do what is decided about who speaks, in the transaction in which it is decided.

        Return what is said then. What `decide` raises changes nothing; nor does it when something
        was said with the same key before: that is returned. UnknownConversation.
        """

    async def neglected(self, at: datetime) -> list[str]:
        """Return the conversations whose lease has run out, or that have waited for long."""

    async def keep(
        self,
        conversation_id: str,
        lines: Sequence[Line],
        *,
        asked: str | None = None,
        note: str | None = None,
        settle: Settle | None = None,
    ) -> Kept:
        """Keep a patient's lines as one turn, finished at once when `settle` is given.

        `asked` is what the assistant is told when that isn't the text of the only line. Lines
        whose key the conversation has seen are left out, and when none is left nothing changes and
        the turn is that of the first. UnknownConversation.
        """

    async def next_turn(self, conversation_id: str) -> Turn | None:
        """Return the conversation's oldest unfinished turn, or None."""

    async def finish(self, turn_id: str, settle: Settle) -> tuple[Entry, ...] | None:
        """Finish a turn with what `settle` makes of the conversation's standing, all at once.

        Return its replies, or None, changing nothing, when it was finished before; UnknownTurn.
        """

    async def replies(self, turn_id: str) -> list[Entry] | None:
        """Return a finished turn's replies, None while it isn't finished; UnknownTurn."""

    async def news(self, conversation_id: str, after: int, limit: int) -> News:
        """Return the first entries behind a cursor, and who holds it; UnknownConversation."""

    async def entries(
        self,
        conversation_id: str,
        after: int = 0,
        before: int | None = None,
        limit: int | None = None,
    ) -> list[Entry]:
        """Return the last entries between two cursors in order, all of them without a limit.

        Raises UnknownConversation.
        """

    async def retract(self, conversation_id: str, key: str, instead: str) -> str | None:
        """Put other words in place of a patient's line, wherever its own are kept.

        Return its turn when nothing is left of it to answer: it is finished then. None otherwise,
        also when there is no such line. UnknownConversation.
        """

    async def rate(
        self, conversation_id: str, message_id: str, helpful: bool, reason: str | None
    ) -> None:
        """Keep the patient's feedback in place of any before it.

        Raises UnknownConversation, or UnknownMessage when the assistant didn't say it.
        """

    async def feedback_counts(self) -> Mapping[bool, int]:
        """Return how many messages were found helpful (True), and how many were not."""

    async def forget(self, conversation_id: str) -> Forgotten:
        """Delete a conversation with all that was said in it; UnknownConversation."""

    async def forget_some(
        self, before: datetime, by_channel: Mapping[str, datetime] | None = None
    ) -> Forgotten:
        """Delete some of the conversations last changed before a moment; none when none is left.

        `by_channel` has the moment of each channel that has its own.

        Few enough at once that nobody who writes meanwhile has to wait for it.
        """

    async def reopen(self) -> list[str]:
        """Count a restart on the next turn of each conversation that has an unfinished one.

        Return the conversations, the longest waiting first.
        """

    async def booking_clicks(self) -> int:
        """Return how often a booking button was pressed."""
