"""Reads what conversations are counted by: never a word of what was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, select

from bot.conversation.visits import Pressed, Rated, Spoken, Transcript
from bot.store.desk.figures_bookings import booked_in
from bot.store.tables import booking_clicks, feedback, messages

_THESE: BindParameter[Any] = bindparam("conversations", expanding=True)
_SPOKEN = (
    select(
        messages.c.conversation_id,
        messages.c.seq,
        messages.c.author,
        messages.c.kind,
        messages.c.intent,
        messages.c.turn_id,
        messages.c.id,
        messages.c.at,
    )
    .where(messages.c.conversation_id.in_(_THESE))
    .order_by(messages.c.conversation_id, messages.c.seq)
)
_RATED = (
    select(feedback.c.conversation_id, feedback.c.message_id, feedback.c.helpful, feedback.c.at)
    .where(feedback.c.conversation_id.in_(_THESE))
    .order_by(feedback.c.at, feedback.c.message_id)
)
_PRESSED = (
    select(booking_clicks.c.conversation_id, booking_clicks.c.message_id, booking_clicks.c.at)
    .where(booking_clicks.c.conversation_id.in_(_THESE))
    .order_by(booking_clicks.c.at, booking_clicks.c.id)
)


@dataclass(frozen=True, slots=True)
class Read:
    """A transcript, and the number of its last entry."""

    seq: int
    transcript: Transcript


def transcripts(connection: Connection, conversations: Sequence[str]) -> dict[str, Read]:
    """Return the transcripts of those of these conversations in which something was said."""
    these = {"conversations": conversations}
    spoken: dict[str, list[Spoken]] = {}
    last: dict[str, int] = {}
    for of, seq, *rest in connection.execute(_SPOKEN, these):
        spoken.setdefault(of, []).append(Spoken(*rest))
        last[of] = seq
    rated: dict[str, list[Rated]] = {}
    for of, *rest in connection.execute(_RATED, these):
        rated.setdefault(of, []).append(Rated(*rest))
    pressed: dict[str, list[Pressed]] = {}
    for of, *rest in connection.execute(_PRESSED, these):
        pressed.setdefault(of, []).append(Pressed(*rest))
    booked = booked_in(connection, conversations)
    return {
        of: Read(
            last[of],
            Transcript(said, rated.get(of, ()), pressed.get(of, ()), booked.get(of, ())),
        )
        for of, said in spoken.items()
    }
