"""The people who want to be rung."""

import sqlalchemy as sa
from alembic import op

from bot.store.columns import Utc

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Make the list that the front desk works through."""
    name = "callbacks"
    op.create_table(
        name,
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("conversation_id", sa.String(32)),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("wanted", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("due_at", Utc, nullable=False),
        sa.Column("due_before", Utc),
        sa.Column("made_at", Utc, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
        sa.Column("outcome", sa.String(16)),
        sa.Column("staff_id", sa.String(32)),
        sa.Column("at", Utc),
        sa.PrimaryKeyConstraint("id", name=f"{name}_pk"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=f"{name}_conversation_id_fk",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["desk_staff.id"], name=f"{name}_staff_id_fk", ondelete="SET NULL"
        ),
        sa.CheckConstraint(
            "state IN ('open', 'done', 'withdrawn')", name=op.f(f"{name}_state_known")
        ),
    )
    op.create_index(f"{name}_conversation_id", name, ["conversation_id"])
    op.create_index(f"{name}_due", name, ["state", "due_at"])
