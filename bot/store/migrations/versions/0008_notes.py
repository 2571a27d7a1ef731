"""Colleagues' notes about conversations, and an index of the closed ones."""

import sqlalchemy as sa
from alembic import op

from bot.store.columns import Utc

revision = "0008"
down_revision = "0007"

CLOSED = sa.text("closed_at IS NOT NULL")


def upgrade() -> None:
    """Begin without notes."""
    op.create_table(
        "desk_notes",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("staff_id", sa.String(32), nullable=False),
        sa.Column("staff_name", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", Utc, nullable=False),
        sa.PrimaryKeyConstraint("id", name="desk_notes_pk"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="desk_notes_conversation_id_fk",
            ondelete="CASCADE",
        ),
    )
    op.create_index("desk_notes_conversation_id", "desk_notes", ["conversation_id"])
    op.create_index(
        "conversations_closed",
        "conversations",
        ["closed_at"],
        sqlite_where=CLOSED,
        postgresql_where=CLOSED,
    )
