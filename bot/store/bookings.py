"""Bookings: what is kept of a press of the button, and what can be asked of bookings."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Connection, bindparam, func, insert, select

from bot.store.booking_tables import bookings, references
from bot.store.database import Database
from bot.store.states import lock
from bot.store.tables import booking_clicks, messages

State = Literal["booked", "moved", "cancelled"]


@dataclass(frozen=True, slots=True)
class Booked:
    """A booking of a conversation; a moved one has another of these in its place.

    `intent` is what the message was about (or its kind) whose button was pressed at `clicked_at`.
    """

    provider: str
    state: State
    starts_at: datetime | None
    message_id: str
    intent: str | None
    clicked_at: datetime
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Led:
    """How often the button of messages about something was pressed, and what came of it."""

    intent: str | None
    clicks: int
    booked: int
    cancelled: int


@dataclass(frozen=True, slots=True)
class Totals:
    """All presses of buttons, what came of them, and bookings that didn't come from here."""

    clicks: int
    booked: int
    cancelled: int
    without_conversation: int


_INTENT = select(func.coalesce(messages.c.intent, messages.c.kind)).where(
    messages.c.conversation_id == bindparam("conversation"), messages.c.id == bindparam("message")
)
_CLICK = insert(booking_clicks).returning(booking_clicks.c.id)
OF_CONVERSATION = (
    select(
        bookings.c.provider,
        bookings.c.state,
        bookings.c.starts_at,
        references.c.message_id,
        booking_clicks.c.intent,
        booking_clicks.c.at.label("clicked_at"),
        bookings.c.made_at,
    )
    .join(references, references.c.reference == bookings.c.reference)
    .join(booking_clicks, booking_clicks.c.id == references.c.click_id)
    .where(references.c.conversation_id == bindparam("conversation"))
    .order_by(bookings.c.made_at, bookings.c.id)
)
_COUNTS = (
    func.count().label("clicks"),
    func.count().filter(booking_clicks.c.visit == "booked").label("booked"),
    func.count().filter(booking_clicks.c.visit == "cancelled").label("cancelled"),
)
_CLICKED = (booking_clicks.c.at >= bindparam("since"), booking_clicks.c.at < bindparam("until"))
BY_INTENT = (
    select(booking_clicks.c.intent, *_COUNTS)
    .where(*_CLICKED)
    .group_by(booking_clicks.c.intent)
    .order_by(*(label.desc() for label in _COUNTS[1::-1]), booking_clicks.c.intent)
)
_OUTSIDE = (
    select(func.count())
    .where(
        bookings.c.made_at >= bindparam("since"),
        bookings.c.made_at < bindparam("until"),
        bookings.c.from_chat.is_(False),
        # What it was moved to is counted instead.
        bookings.c.state != "moved",
    )
    .scalar_subquery()
)
ALL = select(*_COUNTS, _OUTSIDE.label("without_conversation")).where(*_CLICKED)


def click(connection: Connection, of: str, message_id: str, reference: str | None) -> None:
    """Keep a press of a message's booking button; UnknownConversation.

    With a reference (32 hexadecimal digits, used for nothing else before) a booking that brings it
    back is known to have come from here.
    """
    lock(connection, of)
    intent = connection.scalar(_INTENT, {"conversation": of, "message": message_id})
    values = {"conversation_id": of, "message_id": message_id, "intent": intent}
    click_id = connection.execute(_CLICK, values | {"at": datetime.now(UTC)}).scalar_one()
    if reference is not None:
        place = {"click_id": click_id, "conversation_id": of, "message_id": message_id}
        connection.execute(insert(references), place | {"reference": reference})


async def of_conversation(database: Database, conversation_id: str) -> list[Booked]:
    """Return a conversation's bookings in the order of their arrival; StoreUnavailable, Closed."""
    rows = await database.read(OF_CONVERSATION, conversation=conversation_id)
    return [Booked(**row._mapping) for row in rows]


async def led_to_visits(database: Database, since: datetime, until: datetime) -> list[Led]:
    """Return what presses between two moments led to, by intent, most visits first.

    Presses stay when their conversation is deleted; what happens to a booking after that no longer
    changes them. StoreUnavailable or Closed.
    """
    rows = await database.read(BY_INTENT, since=since, until=until)
    return [Led(**row._mapping) for row in rows]


async def totals(database: Database, since: datetime, until: datetime) -> Totals:
    """Return the sums of presses and bookings between two moments; StoreUnavailable or Closed."""
    [row] = await database.read(ALL, since=since, until=until)
    return Totals(**row._mapping)
