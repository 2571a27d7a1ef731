"""The tables of bookings: which press of a button led to which booking.

What a press was about outlives its conversation, and so does a booking; what leads from one to the
other goes with the conversation, so that nobody can look up what a visitor had asked.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    false,
)

from bot.store.columns import Utc
from bot.store.tables import metadata

references = Table(
    "booking_references",
    metadata,
    Column("reference", String(32), primary_key=True),
    Column(
        "click_id",
        ForeignKey("booking_clicks.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column(
        "conversation_id",
        ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("message_id", Text, nullable=False),
)

# `key` and `instead_of` are keyed digests of the provider's names; `told_at` is when it told of
# `starts_at`, and `from_chat` stays when the reference has gone.
bookings = Table(
    "bookings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("provider", String(16), nullable=False),
    Column("key", String(64), nullable=False, unique=True),
    Column("instead_of", String(64), index=True),
    Column("state", String(16), nullable=False),
    Column("starts_at", Utc),
    Column("told_at", Utc),
    Column(
        "reference", ForeignKey("booking_references.reference", ondelete="SET NULL"), index=True
    ),
    Column("from_chat", Boolean, nullable=False, server_default=false()),
    Column("made_at", Utc, nullable=False, index=True),
    Column("changed_at", Utc, nullable=False),
    CheckConstraint("state IN ('booked', 'moved', 'cancelled')", name="state"),
)
