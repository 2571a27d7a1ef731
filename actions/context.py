"""What every action may use: the knowledge, the fixed texts, and where links lead."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from actions.callbacks.when import Clock
from bot.conversation.calling_times import Openings, always_open
from bot.knowledge import Knowledge, Texts


async def no_number(conversation_id: str) -> str | None:
    """Know nobody's number."""
    return None


@dataclass(frozen=True, slots=True)
class Calling:
    """How patients are rung: the clinic's clock, hours and country, and who writes from where.

    `number_of` returns the number (E.164) that a conversation's patient writes from, or None;
    `closed_on` are the days without opening hours that the week doesn't tell.
    """

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    openings: Openings = always_open
    country: str = "GB"
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    number_of: Callable[[str], Awaitable[str | None]] = no_number
    closed_on: frozenset[date] = frozenset()

    def clock(self) -> Clock:
        """Return the clinic's time as it is now."""
        return Clock(self.now(), self.zone, self.openings)


@dataclass(frozen=True, slots=True)
class Context:
    """Handed to every action; `booking_url` makes a message's counted link from its id."""

    knowledge: Knowledge
    texts: Texts
    public_url: str
    booking_url: Callable[[str], str]
    # When the front desk opens, in words; None while it is open.
    opens: Callable[[], str | None] = lambda: None
    calling: Calling = field(default_factory=Calling)
