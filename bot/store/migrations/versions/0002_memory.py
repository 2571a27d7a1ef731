"""What the assistant remembers of a conversation, kept together with its replies."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Let every conversation begin with an empty memory."""
    op.add_column(
        "conversations", sa.Column("memory", sa.JSON, nullable=False, server_default="{}")
    )
