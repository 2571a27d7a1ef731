"""The WhatsApp channel: people, what came from them, and what goes to them."""

import sqlalchemy as sa
from alembic import op

from bot.store.columns import Utc

revision = "0005"
down_revision = "0004"

WAITING = sa.text("content IS NOT NULL")
OPEN = sa.text("state IN ('waiting', 'sending', 'unsure', 'held')")


def upgrade() -> None:
    """Make the channel's tables."""
    _contacts()
    _updates()
    _deliveries()
    _carries()
    # A conversation's turns are deleted with it: without this, by going through all there are.
    op.create_index("turns_conversation_id", "turns", ["conversation_id"])


def _foreign(table: str, column: str, other: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = f"{table}_{column}_fk"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)


def _contacts() -> None:
    name = "whatsapp_contacts"
    op.create_table(
        name,
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("conversation_id", sa.String(32)),
        sa.Column("user_id", sa.Text),
        sa.Column("phone", sa.Text),
        sa.Column("name", sa.Text),
        sa.Column("referral", sa.JSON),
        sa.Column("wrote_at", Utc),
        sa.Column("introduced", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("stopped_at", Utc),
        sa.Column("reminded", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("queued_seq", sa.Integer, nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("id", name=f"{name}_pk"),
        _foreign(name, "conversation_id", "conversations", "SET NULL"),
        sa.UniqueConstraint("conversation_id", name=f"{name}_conversation_id_unique"),
        sa.UniqueConstraint("user_id", name=f"{name}_user_id_unique"),
        sa.UniqueConstraint("phone", name=f"{name}_phone_unique"),
    )


def _updates() -> None:
    name = "whatsapp_updates"
    op.create_table(
        name,
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("contact_id", sa.String(32)),
        sa.Column("sent_at", Utc, nullable=False),
        sa.Column("arrived_at", Utc, nullable=False),
        sa.Column("content", sa.JSON),
        sa.PrimaryKeyConstraint("id", name=f"{name}_pk"),
        sa.UniqueConstraint("key", name=f"{name}_key_unique"),
        _foreign(name, "contact_id", "whatsapp_contacts", "SET NULL"),
    )
    op.create_index(f"{name}_arrived_at", name, ["arrived_at"])
    op.create_index(f"{name}_contact_id", name, ["contact_id"])
    op.create_index(
        f"{name}_waiting", name, ["contact_id"], sqlite_where=WAITING, postgresql_where=WAITING
    )


def _deliveries() -> None:
    name = "whatsapp_deliveries"
    op.create_table(
        name,
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("opaque", sa.String(32), nullable=False),
        sa.Column("contact_id", sa.String(32), nullable=False),
        sa.Column("conversation_id", sa.String(32)),
        sa.Column("seq", sa.Integer),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("message_id", sa.Text),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("doubts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("due_at", Utc, nullable=False),
        sa.Column("made_at", Utc, nullable=False),
        sa.Column("graph_id", sa.Text),
        sa.Column("code", sa.Integer),
        sa.PrimaryKeyConstraint("id", name=f"{name}_pk"),
        sa.UniqueConstraint("opaque", name=f"{name}_opaque_unique"),
        _foreign(name, "contact_id", "whatsapp_contacts", "CASCADE"),
        _foreign(name, "conversation_id", "conversations", "CASCADE"),
    )
    op.create_index(f"{name}_graph_id", name, ["graph_id"])
    op.create_index(f"{name}_entry", name, ["conversation_id", "seq", "part"], unique=True)
    op.create_index(f"{name}_contact", name, ["contact_id", "seq"])
    op.create_index(f"{name}_open", name, ["contact_id"], sqlite_where=OPEN, postgresql_where=OPEN)


def _carries() -> None:
    name = "whatsapp_carries"
    op.create_table(
        name,
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("made_at", Utc, nullable=False),
        sa.Column("used_by", sa.String(32)),
        sa.PrimaryKeyConstraint("key", name=f"{name}_pk"),
        _foreign(name, "used_by", "whatsapp_contacts", "CASCADE"),
        _foreign(name, "conversation_id", "conversations", "CASCADE"),
    )
    for column in ("conversation_id", "made_at", "used_by"):
        op.create_index(f"{name}_{column}", name, [column])
