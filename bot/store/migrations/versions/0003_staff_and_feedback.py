"""Staff speak under their name, patients say what helped, and old conversations are found."""

import sqlalchemy as sa
from alembic import op

from bot.store.columns import Utc

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Leave what was said without a name, and begin without feedback."""
    op.add_column("messages", sa.Column("name", sa.Text))
    op.create_index("conversations_changed_at", "conversations", ["changed_at"])
    op.create_table(
        "feedback",
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("helpful", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("at", Utc, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "message_id", name="feedback_pk"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="feedback_conversation_id_fk",
            ondelete="CASCADE",
        ),
    )
