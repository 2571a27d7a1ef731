"""Who speaks, by a lease that ends; what staff have to do with is found by an index."""

import sqlalchemy as sa
from alembic import op

from bot.store.columns import Utc

revision = "0007"
down_revision = "0006"

WANTED = sa.text("holder != 'bot' OR urgent_at IS NOT NULL")


def upgrade() -> None:
    """Leave conversations with whom they are; what staff held before nobody holds any more."""
    for column in (
        sa.Column("held_since", Utc, nullable=False, server_default="1970-01-01 00:00:00"),
        sa.Column("staff_id", sa.String(32)),
        sa.Column("staff_name", sa.Text),
        sa.Column("lease_until", Utc),
        sa.Column("reason", sa.String(16)),
        sa.Column("told", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("unanswered_since", Utc),
        sa.Column("urgent_at", Utc),
        sa.Column("warned_at", Utc),
        sa.Column("closed_at", Utc),
        sa.Column("read_seq", sa.Integer, nullable=False, server_default="0"),
    ):
        op.add_column("conversations", column)
    op.execute("UPDATE conversations SET held_since = changed_at")
    op.execute("UPDATE conversations SET holder = 'waiting' WHERE holder = 'staff'")
    op.execute(
        "UPDATE conversations SET reason = 'asked', unanswered_since = changed_at"
        " WHERE holder = 'waiting'"
    )
    op.create_index(
        "conversations_wanted",
        "conversations",
        ["holder"],
        sqlite_where=WANTED,
        postgresql_where=WANTED,
    )
