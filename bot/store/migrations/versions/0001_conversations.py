"""Conversations, their turns and messages, and the clicks on booking buttons."""

import sqlalchemy as sa
from alembic import op

from bot.store.columns import Utc

revision = "0001"
down_revision = None

UNFINISHED = sa.text("finished_at IS NULL")


def upgrade() -> None:
    """Make the first tables."""
    _conversations()
    _turns()
    _messages()
    _booking_clicks()


def _conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("holder", sa.String(16), nullable=False),
        sa.Column("last_seq", sa.Integer, nullable=False),
        sa.Column("started_at", Utc, nullable=False),
        sa.Column("changed_at", Utc, nullable=False),
        sa.PrimaryKeyConstraint("id", name="conversations_pk"),
        sa.CheckConstraint(
            "holder IN ('bot', 'waiting', 'staff')", name=op.f("conversations_holder_known")
        ),
    )


def _turns() -> None:
    op.create_table(
        "turns",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("key", sa.Text),
        sa.Column("asked", sa.Text),
        sa.Column("restarts", sa.Integer, nullable=False),
        sa.Column("kept_at", Utc, nullable=False),
        sa.Column("finished_at", Utc),
        sa.PrimaryKeyConstraint("id", name="turns_pk"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="turns_conversation_id_fk",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("conversation_id", "key", name="turns_conversation_id_key_unique"),
    )
    op.create_index(
        "turns_unfinished",
        "turns",
        ["conversation_id", "seq"],
        sqlite_where=UNFINISHED,
        postgresql_where=UNFINISHED,
    )


def _messages() -> None:
    op.create_table(
        "messages",
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("turn_id", sa.String(32)),
        sa.Column("author", sa.String(16), nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("intent", sa.Text),
        sa.Column("confidence", sa.Float),
        sa.Column("extras", sa.JSON, nullable=False),
        sa.Column("at", Utc, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "seq", name="messages_pk"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="messages_conversation_id_fk",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["turn_id"], ["turns.id"], name="messages_turn_id_fk", ondelete="CASCADE"
        ),
        sa.CheckConstraint(
            "author IN ('patient', 'assistant', 'staff')", name=op.f("messages_author_known")
        ),
    )
    op.create_index("messages_turn_id", "messages", ["turn_id"])


def _booking_clicks() -> None:
    op.create_table(
        "booking_clicks",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("conversation_id", sa.String(32)),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("at", Utc, nullable=False),
        sa.PrimaryKeyConstraint("id", name="booking_clicks_pk"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="booking_clicks_conversation_id_fk",
            ondelete="SET NULL",
        ),
    )
    op.create_index("booking_clicks_conversation_id", "booking_clicks", ["conversation_id"])
