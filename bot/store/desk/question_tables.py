"""The tables of the questions that the front desk looks at, and of what it decided.

An open question goes with its conversation, whoever deletes that: rules alone took the personal
data out of it, and nobody has looked at it yet. What somebody read and decided is kept as an
example, which leads back to no conversation.
"""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from bot.store.columns import Utc
from bot.store.tables import metadata

decisions = Table(
    "desk_decisions",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("target", String(64)),
    Column("quotes", JSON, nullable=False),
    Column("staff_id", String(32), nullable=False),
    Column("staff_name", Text, nullable=False),
    Column("at", Utc, nullable=False, index=True),
    CheckConstraint("kind IN ('answer', 'passage', 'not_ours', 'noise')", name="kind"),
)

# Each wording once for a decision; `key` is what two wordings have in common that are the same.
examples = Table(
    "desk_examples",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "decision_id",
        ForeignKey("desk_decisions.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("text", Text, nullable=False),
    Column("key", Text, nullable=False, index=True),
)

questions = Table(
    "desk_questions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("turn_id", ForeignKey("turns.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column(
        "conversation_id",
        ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column(
        "decision_id",
        ForeignKey("desk_decisions.id", ondelete="SET NULL"),
        index=True,
    ),
    Column("text", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("why", String(16), nullable=False),
    Column("intent", Text),
    Column("confidence", Float),
    Column("language", String(8)),
    Column("channel", String(32), nullable=False),
    Column("day", Date, nullable=False),
    Column("guesses", JSON),
    CheckConstraint("why IN ('declined', 'unsure', 'unhelpful')", name="why"),
    # A page that is open names the last it shows: no later question may get that number.
    sqlite_autoincrement=True,
)
# Small whatever the table's size: the work that is left.
Index(
    "desk_questions_open",
    questions.c.id,
    sqlite_where=questions.c.decision_id.is_(None),
    postgresql_where=questions.c.decision_id.is_(None),
)

# How far the conversations were gone through.
cursors = Table(
    "desk_cursors",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("at", Utc, nullable=False),
)
