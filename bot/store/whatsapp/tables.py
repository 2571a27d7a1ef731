"""The tables of the WhatsApp channel as the newest migration leaves them."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    bindparam,
    false,
)

from bot.store.columns import Utc
from bot.store.tables import metadata
from bot.store.whatsapp.records import OPEN

# Whoever writes on WhatsApp; goes when nothing is kept of them any more.
contacts = Table(
    "whatsapp_contacts",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="SET NULL"), unique=True),
    Column("user_id", Text, unique=True),
    Column("phone", Text, unique=True),
    Column("name", Text),
    Column("referral", JSON),
    Column("wrote_at", Utc),
    Column("introduced", Boolean, nullable=False, server_default=false()),
    Column("stopped_at", Utc),
    Column("reminded", Boolean, nullable=False, server_default=false()),
    Column("queued_seq", Integer, nullable=False, server_default="0"),
)

# Every message and status that came, by a key that tells nothing; content only until it is done.
updates = Table(
    "whatsapp_updates",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(64), nullable=False, unique=True),
    Column("contact_id", ForeignKey("whatsapp_contacts.id", ondelete="SET NULL"), index=True),
    Column("sent_at", Utc, nullable=False),
    Column("arrived_at", Utc, nullable=False, index=True),
    Column("content", JSON(none_as_null=True)),
)
Index(
    "whatsapp_updates_waiting",
    updates.c.contact_id,
    sqlite_where=updates.c.content.is_not(None),
    postgresql_where=updates.c.content.is_not(None),
)

deliveries = Table(
    "whatsapp_deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("opaque", String(32), nullable=False, unique=True),
    Column("contact_id", ForeignKey("whatsapp_contacts.id", ondelete="CASCADE"), nullable=False),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE")),
    Column("seq", Integer),
    Column("part", Integer, nullable=False),
    Column("message_id", Text),
    Column("urgent", Boolean, nullable=False),
    Column("content", JSON, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("doubts", Integer, nullable=False, server_default="0"),
    Column("due_at", Utc, nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("graph_id", Text, index=True),
    Column("code", Integer),
)
# An entry is queued once, part by part; what stands beside the conversation has no number.
Index(
    "whatsapp_deliveries_entry",
    deliveries.c.conversation_id,
    deliveries.c.seq,
    deliveries.c.part,
    unique=True,
)
# What a contact was sent beside their conversation has no `seq`.
Index("whatsapp_deliveries_contact", deliveries.c.contact_id, deliveries.c.seq)
# Written out in every statement: with parameters in it, the index below would serve none.
IS_OPEN = deliveries.c.state.in_(bindparam("open", OPEN, expanding=True, literal_execute=True))
# Small whatever the table's size: what is still to be sent.
_OPEN = deliveries.c.state.in_(OPEN)
Index(
    "whatsapp_deliveries_open",
    deliveries.c.contact_id,
    sqlite_where=_OPEN,
    postgresql_where=_OPEN,
)

# Leave for one person to go on with a conversation from elsewhere, once.
carries = Table(
    "whatsapp_carries",
    metadata,
    Column("key", String(64), primary_key=True),
    Column(
        "conversation_id",
        ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("made_at", Utc, nullable=False, index=True),
    Column("used_by", ForeignKey("whatsapp_contacts.id", ondelete="CASCADE"), index=True),
)
