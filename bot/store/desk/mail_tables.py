"""The table of e-mails to the desk, and what is needed to see quickly whether one is due."""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    literal_column,
)

from bot.store.columns import Utc
from bot.store.tables import conversations, messages, metadata

# `key` names the occasion: the same one is never told twice. `content` holds what the e-mail says
# besides its fixed words, and nothing of a patient; `seq` is the entry that it is about, if any.
mails = Table(
    "desk_mails",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("key", String(160), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), index=True),
    Column("seq", Integer),
    Column("content", JSON, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("problem", Text),
    Column("made_at", Utc, nullable=False, index=True),
    Column("due_at", Utc, nullable=False),
    Column("ended_at", Utc),
    CheckConstraint("state IN ('waiting', 'sent', 'failed', 'needless')", name="state"),
)

# Written out, because SQLite uses such an index only where it can see that it serves.
IS_URGENT = messages.c.kind == literal_column("'urgent'")
IS_WAITING = conversations.c.holder == literal_column("'waiting'")
UNSENT = mails.c.state == literal_column("'waiting'")
Index(
    "messages_urgent",
    messages.c.conversation_id,
    messages.c.at,
    sqlite_where=IS_URGENT,
    postgresql_where=IS_URGENT,
)
Index(
    "conversations_waiting",
    conversations.c.id,
    sqlite_where=IS_WAITING,
    postgresql_where=IS_WAITING,
)
Index("desk_mails_unsent", mails.c.due_at, sqlite_where=UNSENT, postgresql_where=UNSENT)
