"""Bookings that a provider tells of, and which press of a button led to them."""

import sqlalchemy as sa
from alembic import op

from bot.store.columns import Utc

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Leave the clicks so far without what they were about, and begin without bookings."""
    op.add_column("booking_clicks", sa.Column("intent", sa.Text))
    op.add_column("booking_clicks", sa.Column("visit", sa.String(16)))
    _references()
    _bookings()


def _references() -> None:
    name = "booking_references"
    op.create_table(
        name,
        sa.Column("reference", sa.String(32), nullable=False),
        sa.Column("click_id", sa.Integer, nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("reference", name=f"{name}_pk"),
        sa.ForeignKeyConstraint(
            ["click_id"], ["booking_clicks.id"], name=f"{name}_click_id_fk", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=f"{name}_conversation_id_fk",
            ondelete="CASCADE",
        ),
    )
    for column in ("click_id", "conversation_id"):
        op.create_index(f"{name}_{column}", name, [column])


def _bookings() -> None:
    name = "bookings"
    op.create_table(
        name,
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("provider", sa.String(16), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("instead_of", sa.String(64)),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("starts_at", Utc),
        sa.Column("told_at", Utc),
        sa.Column("reference", sa.String(32)),
        sa.Column("from_chat", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("made_at", Utc, nullable=False),
        sa.Column("changed_at", Utc, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"{name}_pk"),
        sa.UniqueConstraint("key", name=f"{name}_key_unique"),
        sa.ForeignKeyConstraint(
            ["reference"],
            ["booking_references.reference"],
            name=f"{name}_reference_fk",
            ondelete="SET NULL",
        ),
        sa.CheckConstraint(
            "state IN ('booked', 'moved', 'cancelled')", name=op.f(f"{name}_state_known")
        ),
    )
    for column in ("instead_of", "reference", "made_at"):
        op.create_index(f"{name}_{column}", name, [column])
