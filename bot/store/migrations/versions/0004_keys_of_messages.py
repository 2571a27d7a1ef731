"""A message has the key it was sent with, so that several make one turn; turns get notes."""

import sqlalchemy as sa
from alembic import op

from bot.store.columns import Utc

revision = "0004"
down_revision = "0003"

UNFINISHED = sa.text("finished_at IS NULL")
WITH_KEY = sa.text("key IS NOT NULL")
KEYS = """UPDATE messages SET key = (
    SELECT key FROM turns WHERE turns.id = messages.turn_id AND turns.seq = messages.seq
) WHERE author = 'patient'"""
KEPT = "id, conversation_id, seq, asked, restarts, kept_at, finished_at"
SAID = (
    "conversation_id, seq, turn_id, author, name, key, id, kind, text, intent, confidence, extras,"
    " at"
)


def upgrade() -> None:
    """Move the keys from the turns to their messages."""
    op.add_column("messages", sa.Column("key", sa.Text))
    op.execute(KEYS)
    if op.get_bind().dialect.name == "sqlite":
        _make_anew()
    else:
        op.drop_constraint("turns_conversation_id_key_unique", "turns")
        op.drop_column("turns", "key")
        op.add_column("turns", sa.Column("note", sa.Text))
    op.create_index(
        "messages_key",
        "messages",
        ["conversation_id", "key"],
        unique=True,
        sqlite_where=WITH_KEY,
        postgresql_where=WITH_KEY,
    )


def _make_anew() -> None:
    """Copy both tables: SQLite drops no column that is part of a rule.

    Both, because dropping the turns would delete the messages that belong to them.
    """
    _new_turns()
    _new_messages()
    op.execute(f"INSERT INTO new_turns ({KEPT}) SELECT {KEPT} FROM turns")  # noqa: S608
    op.execute(f"INSERT INTO new_messages ({SAID}) SELECT {SAID} FROM messages")  # noqa: S608
    op.drop_table("messages")
    op.drop_table("turns")
    op.rename_table("new_turns", "turns")
    op.rename_table("new_messages", "messages")
    op.create_index(
        "turns_unfinished", "turns", ["conversation_id", "seq"], sqlite_where=UNFINISHED
    )
    op.create_index("messages_turn_id", "messages", ["turn_id"])


def _new_turns() -> None:
    op.create_table(
        "new_turns",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("asked", sa.Text),
        sa.Column("note", sa.Text),
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
    )


def _new_messages() -> None:
    op.create_table(
        "new_messages",
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("turn_id", sa.String(32)),
        sa.Column("author", sa.String(16), nullable=False),
        sa.Column("name", sa.Text),
        sa.Column("key", sa.Text),
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
            ["turn_id"], ["new_turns.id"], name="messages_turn_id_fk", ondelete="CASCADE"
        ),
        sa.CheckConstraint(
            "author IN ('patient', 'assistant', 'staff')", name=op.f("messages_author_known")
        ),
    )
