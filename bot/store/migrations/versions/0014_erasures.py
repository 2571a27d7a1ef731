"""What was erased, to be erased again after a backup is restored; the audit is found by its ids."""

import sqlalchemy as sa
from alembic import op

from bot.store.columns import Utc

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Make the table of erasures, and the index of what the audit is about."""
    op.create_table(
        "erasures",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("at", Utc, nullable=False),
        sa.PrimaryKeyConstraint("key", name="erasures_pk"),
    )
    op.create_index("desk_audit_about", "desk_audit", ["about"])
