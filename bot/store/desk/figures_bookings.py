"""The one place where confirmed bookings come into the figures: the measure `booked`."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select

from bot.conversation.visits import Booked
from bot.store.booking_tables import bookings, references
from bot.store.tables import conversations

_OF = (
    select(references.c.conversation_id, references.c.message_id, bookings.c.made_at)
    .join(references, references.c.reference == bookings.c.reference)
    # What a booking was moved to stands for it.
    .where(
        references.c.conversation_id.in_(bindparam("conversations", expanding=True)),
        bookings.c.instead_of.is_(None),
    )
    .order_by(bookings.c.made_at, bookings.c.id)
)
# The conversations that got a booking since a moment, so that they are counted again.
BOOKED_SINCE = (
    select(conversations.c.id, conversations.c.last_seq)
    .join(references, references.c.conversation_id == conversations.c.id)
    .join(bookings, bookings.c.reference == references.c.reference)
    .where(bookings.c.made_at >= bindparam("since"))
)


def booked_in(connection: Connection, conversations: Sequence[str]) -> dict[str, list[Booked]]:
    """Return the confirmed bookings of these conversations, each in the order of time.

    One that is cancelled later was made all the same.
    """
    found: dict[str, list[Booked]] = {}
    for row in connection.execute(_OF, {"conversations": list(conversations)}):
        found.setdefault(row.conversation_id, []).append(Booked(row.message_id, row.made_at))
    return found
