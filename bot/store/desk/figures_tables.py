"""The tables of the clinic's figures as the newest migration leaves them."""

from sqlalchemy import (
    JSON,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.store.columns import Utc
from bot.store.tables import booking_clicks, metadata

# What numbers belong to; a name of its own for each, so that a period is read without comparing
# texts. `about` is an intent, a place, a group of times, or nothing.
subjects = Table(
    "desk_figures_subjects",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", String(32), nullable=False),
    Column("measure", String(32), nullable=False),
    Column("about", Text, nullable=False),
    UniqueConstraint("channel", "measure", "about"),
)

# Outlives the conversations: nothing in it tells of a person.
figures = Table(
    "desk_figures",
    metadata,
    Column("subject_id", ForeignKey("desk_figures_subjects.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("number", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# The same numbers whatever they are about, because every report asks for its days.
days = Table(
    "desk_figures_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("measure", String(32), primary_key=True),
    Column("number", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# What of each conversation is in the figures already, up to which entry, and when time alone
# changes it; it goes with the conversation.
counted = Table(
    "desk_figures_counted",
    metadata,
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("due_at", Utc, index=True),
    Column("part", JSON, nullable=False),
)

# One row: the time zone that tells days, and up to when everything is counted.
state = Table(
    "desk_figures_state",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("zone", Text, nullable=False),
    Column("counted_to", Utc),
)

Index("booking_clicks_at", booking_clicks.c.at)
