"""E-mails to the desk: kept before they are sent, so that none is lost and none is told twice."""

import sqlalchemy as sa
from alembic import op

from bot.store.columns import Utc

revision = "0012"
down_revision = "0011"

URGENT = sa.text("kind = 'urgent'")
WAITING = sa.text("holder = 'waiting'")
UNSENT = sa.text("state = 'waiting'")


def upgrade() -> None:
    """Make the table, and what finds quickly what the desk is to be told of."""
    name = "desk_mails"
    op.create_table(
        name,
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("key", sa.String(160), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("conversation_id", sa.String(32)),
        sa.Column("seq", sa.Integer),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("problem", sa.Text),
        sa.Column("made_at", Utc, nullable=False),
        sa.Column("due_at", Utc, nullable=False),
        sa.Column("ended_at", Utc),
        sa.PrimaryKeyConstraint("id", name=f"{name}_pk"),
        sa.UniqueConstraint("key", name=f"{name}_key_unique"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=f"{name}_conversation_id_fk",
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'sent', 'failed', 'needless')", name=op.f(f"{name}_state_known")
        ),
    )
    for column in ("conversation_id", "made_at"):
        op.create_index(f"{name}_{column}", name, [column])
    indexes = (
        ("messages_urgent", "messages", ["conversation_id", "at"], URGENT),
        ("conversations_waiting", "conversations", ["id"], WAITING),
        (f"{name}_unsent", name, ["due_at"], UNSENT),
    )
    for index, table, columns, where in indexes:
        op.create_index(index, table, columns, sqlite_where=where, postgresql_where=where)
