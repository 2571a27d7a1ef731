"""A conversation as a line of a list."""

from dataclasses import dataclass
from datetime import datetime

from bot.conversation.references import reference_of
from bot.desk.channels import channel_name
from bot.desk.visit import Visit
from bot.desk.waiting import for_how_long, in_words
from bot.store.desk.inbox import Listed

NAMELESS = {"widget": "Visitor", "whatsapp": "Patient"}


@dataclass(frozen=True, slots=True)
class Row:
    """A conversation as a line of the list."""

    id: str
    who: str
    reference: str
    channel: str
    said: str
    unread: bool
    state: str
    alarm: bool
    waits: bool  # for words of staff
    left: str | None  # of the time in which one may write freely on WhatsApp


def row_of(visit: Visit, one: Listed) -> Row:
    """Return the line of a conversation."""
    now = visit.console.gate.now()
    return Row(
        id=one.id,
        who=one.by or NAMELESS.get(one.channel, "Patient"),
        reference=reference_of(one.id),
        channel=channel_name(one.channel),
        said=one.said or "Nothing said yet",
        unread=one.unread,
        state=_state(visit, one, now),
        alarm=one.holding.urgent is not None,
        waits=one.holding.unanswered is not None,
        left=time_left(visit, one.channel, one.wrote_at, now),
    )


def _state(visit: Visit, one: Listed, now: datetime) -> str:
    """Return how it stands with a conversation, in a few words."""
    holding = one.holding
    if holding.holder == "staff" and holding.person is not None:
        who = "You" if is_mine(visit, one) else holding.person.name
        waits = holding.unanswered
        return f"{who}, " + (f"waiting {for_how_long(waits, now)}" if waits else "answered")
    if holding.urgent:
        return f"Urgent, {for_how_long(holding.urgent, now)}"
    if holding.holder == "waiting":
        return f"Waiting {for_how_long(holding.unanswered or holding.since, now)}"
    if holding.closed:
        return f"Closed {visit.console.clock(holding.closed)}"
    return f"{for_how_long(one.changed_at, now)} ago"


def time_left(visit: Visit, channel: str, wrote_at: datetime | None, now: datetime) -> str | None:
    """Return how long one may write freely on WhatsApp; None on another channel."""
    reach = visit.console.reach
    if channel != "whatsapp" or reach is None:
        return None
    left = reach.time_left(wrote_at, now)
    return f"{in_words(left)} left" if left else "Window closed"


def is_mine(visit: Visit, one: Listed) -> bool:
    """Tell whether the person who looks holds a conversation."""
    person = one.holding.person
    return person is not None and person.id == visit.staff.id
