"""The table of the people who want to be rung, as the newest migration leaves it."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text

from bot.store.columns import Utc
from bot.store.tables import metadata

# What came from a conversation goes with it; what staff took down at the telephone has none.
callbacks = Table(
    "callbacks",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), index=True),
    Column("name", Text, nullable=False),
    Column("number", String(20), nullable=False),
    Column("wanted", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("due_at", Utc, nullable=False),
    Column("due_before", Utc),
    Column("made_at", Utc, nullable=False),
    Column("state", String(16), nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("outcome", String(16)),
    Column("staff_id", ForeignKey("desk_staff.id", ondelete="SET NULL")),
    Column("at", Utc),
    CheckConstraint("state IN ('open', 'done', 'withdrawn')", name="state"),
)
Index("callbacks_due", callbacks.c.state, callbacks.c.due_at)
