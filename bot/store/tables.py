"""The tables as the newest migration leaves them."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    false,
)

from bot.store.columns import Utc

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pk",
        "fk": "%(table_name)s_%(column_0_name)s_fk",
        "uq": "%(table_name)s_%(column_0_N_name)s_unique",
        "ix": "%(table_name)s_%(column_0_N_name)s",
        "ck": "%(table_name)s_%(constraint_name)s_known",
    }
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("channel", String(32), nullable=False),
    Column("holder", String(16), nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("started_at", Utc, nullable=False),
    Column("changed_at", Utc, nullable=False, index=True),
    Column("memory", JSON, nullable=False, server_default="{}"),
    Column("held_since", Utc, nullable=False),
    Column("staff_id", String(32)),
    Column("staff_name", Text),
    Column("lease_until", Utc),
    Column("reason", String(16)),
    Column("told", Boolean, nullable=False, server_default=false()),
    Column("unanswered_since", Utc),
    Column("urgent_at", Utc),
    Column("warned_at", Utc),
    Column("closed_at", Utc),
    # What somebody of staff has seen.
    Column("read_seq", Integer, nullable=False, server_default="0"),
    CheckConstraint("holder IN ('bot', 'waiting', 'staff')", name="holder"),
)
# Small whatever the table's size: what staff have to do with.
_WANTED = (conversations.c.holder != "bot") | conversations.c.urgent_at.is_not(None)
Index(
    "conversations_wanted",
    conversations.c.holder,
    sqlite_where=_WANTED,
    postgresql_where=_WANTED,
)
_CLOSED = conversations.c.closed_at.is_not(None)
Index(
    "conversations_closed",
    conversations.c.closed_at,
    sqlite_where=_CLOSED,
    postgresql_where=_CLOSED,
)

turns = Table(
    "turns",
    metadata,
    Column("id", String(32), primary_key=True),
    Column(
        "conversation_id",
        ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("seq", Integer, nullable=False),
    Column("asked", Text),
    Column("note", Text),
    Column("restarts", Integer, nullable=False),
    Column("kept_at", Utc, nullable=False),
    Column("finished_at", Utc),
)
# What was finished since a moment, in order.
Index("turns_finished_at_id", turns.c.finished_at, turns.c.id)
# Small whatever the table's size: the work that is left.
Index(
    "turns_unfinished",
    turns.c.conversation_id,
    turns.c.seq,
    sqlite_where=turns.c.finished_at.is_(None),
    postgresql_where=turns.c.finished_at.is_(None),
)

messages = Table(
    "messages",
    metadata,
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("turn_id", ForeignKey("turns.id", ondelete="CASCADE"), index=True),
    Column("author", String(16), nullable=False),
    Column("name", Text),
    Column("key", Text),
    Column("id", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("intent", Text),
    Column("confidence", Float),
    Column("extras", JSON, nullable=False),
    Column("at", Utc, nullable=False),
    CheckConstraint("author IN ('patient', 'assistant', 'staff')", name="author"),
)
# The same key is the same message; most messages have none.
Index(
    "messages_key",
    messages.c.conversation_id,
    messages.c.key,
    unique=True,
    sqlite_where=messages.c.key.is_not(None),
    postgresql_where=messages.c.key.is_not(None),
)

# What a patient said last of each message by the assistant.
feedback = Table(
    "feedback",
    metadata,
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("message_id", Text, primary_key=True),
    Column("helpful", Boolean, nullable=False),
    Column("reason", Text),
    Column("at", Utc, nullable=False, index=True),
)

# A click outlives its conversation: the clinic counts it, and it says nothing about a person.
# `intent` is what the message with the button was about, `visit` what became of it, if anything.
booking_clicks = Table(
    "booking_clicks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="SET NULL"), index=True),
    Column("message_id", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Column("intent", Text),
    Column("visit", String(16)),
)
