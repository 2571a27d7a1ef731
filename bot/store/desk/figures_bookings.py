"""The one place where confirmed bookings come into the figures: the measure `booked`.

Until the store keeps bookings there are none. Both functions read the same table then: `booked_in`
gives the transcripts theirs, and `BOOKED_SINCE` is the query for the conversations that got one
since a moment, so that they are counted again.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, Select

from bot.conversation.visits import Booked

BOOKED_SINCE: Select[tuple[str]] | None = None


def booked_in(connection: Connection, conversations: Sequence[str]) -> dict[str, list[Booked]]:
    """Return the confirmed bookings of these conversations, each in the order of time."""
    return {}
