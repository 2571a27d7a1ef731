"""What every action may use: the knowledge, the fixed texts, and where links lead."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.knowledge import Knowledge, Texts


@dataclass(frozen=True, slots=True)
class Context:
    """Handed to every action; `booking_url` makes a message's counted link from its id."""

    knowledge: Knowledge
    texts: Texts
    public_url: str
    booking_url: Callable[[str], str]
    # When the front desk opens, in words; None while it is open.
    opens: Callable[[], str | None] = lambda: None
