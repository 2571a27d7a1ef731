"""Questions that the front desk looks at, and what it decided about them."""

import sqlalchemy as sa
from alembic import op

from bot.store.columns import Utc

revision = "0010"
down_revision = "0009"

KINDS = "kind IN ('answer', 'passage', 'not_ours', 'noise')"
REASONS = "why IN ('declined', 'unsure', 'unhelpful')"
OPEN = sa.text("decision_id IS NULL")


def upgrade() -> None:
    """Make the tables, and find turns and feedback by their time."""
    op.create_index("turns_finished_at_id", "turns", ["finished_at", "id"])
    op.create_index("feedback_at", "feedback", ["at"])
    _decisions()
    _examples()
    _questions()
    op.create_table(
        "desk_cursors",
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("at", Utc, nullable=False),
        sa.PrimaryKeyConstraint("name", name="desk_cursors_pk"),
    )


def _decisions() -> None:
    name = "desk_decisions"
    op.create_table(
        name,
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("target", sa.String(64)),
        sa.Column("quotes", sa.JSON, nullable=False),
        sa.Column("staff_id", sa.String(32), nullable=False),
        sa.Column("staff_name", sa.Text, nullable=False),
        sa.Column("at", Utc, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"{name}_pk"),
        sa.CheckConstraint(KINDS, name=op.f(f"{name}_kind_known")),
    )
    op.create_index(f"{name}_at", name, ["at"])


def _examples() -> None:
    name = "desk_examples"
    op.create_table(
        name,
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("decision_id", sa.String(32), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"{name}_pk"),
        _belongs(name, "decision_id", "desk_decisions", "CASCADE"),
    )
    for column in ("decision_id", "key"):
        op.create_index(f"{name}_{column}", name, [column])


def _questions() -> None:
    name = "desk_questions"
    op.create_table(
        name,
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("turn_id", sa.String(32), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("decision_id", sa.String(32)),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("why", sa.String(16), nullable=False),
        sa.Column("intent", sa.Text),
        sa.Column("confidence", sa.Float),
        sa.Column("language", sa.String(8)),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("guesses", sa.JSON),
        sa.PrimaryKeyConstraint("id", name=f"{name}_pk"),
        sa.UniqueConstraint("turn_id", name=f"{name}_turn_id_unique"),
        sa.CheckConstraint(REASONS, name=op.f(f"{name}_why_known")),
        _belongs(name, "turn_id", "turns", "CASCADE"),
        _belongs(name, "conversation_id", "conversations", "CASCADE"),
        _belongs(name, "decision_id", "desk_decisions", "SET NULL"),
        sqlite_autoincrement=True,
    )
    for column in ("conversation_id", "decision_id"):
        op.create_index(f"{name}_{column}", name, [column])
    op.create_index("desk_questions_open", name, ["id"], sqlite_where=OPEN, postgresql_where=OPEN)


def _belongs(table: str, column: str, to: str, then: str) -> sa.ForeignKeyConstraint:
    name = f"{table}_{column}_fk"
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=then)
