"""The clinic's figures: daily counts that outlive conversations and say nothing about a person."""

import sqlalchemy as sa
from alembic import op

from bot.store.columns import Utc

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Make the tables, and find what patients did about replies by its time."""
    _subjects()
    _figures()
    _days()
    _counted()
    _state()
    op.create_index("booking_clicks_at", "booking_clicks", ["at"])


def _subjects() -> None:
    name = "desk_figures_subjects"
    columns = ("channel", "measure", "about")
    op.create_table(
        name,
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("measure", sa.String(32), nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"{name}_pk"),
        sa.UniqueConstraint(*columns, name=f"{name}_{'_'.join(columns)}_unique"),
    )


def _figures() -> None:
    name = "desk_figures"
    op.create_table(
        name,
        sa.Column("subject_id", sa.Integer, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("subject_id", "day", name=f"{name}_pk"),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["desk_figures_subjects.id"], name=f"{name}_subject_id_fk"
        ),
        sqlite_with_rowid=False,
    )


def _days() -> None:
    name = "desk_figures_days"
    op.create_table(
        name,
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("measure", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("day", "channel", "measure", name=f"{name}_pk"),
        sqlite_with_rowid=False,
    )


def _counted() -> None:
    name = "desk_figures_counted"
    op.create_table(
        name,
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("due_at", Utc),
        sa.Column("part", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name=f"{name}_pk"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=f"{name}_conversation_id_fk",
            ondelete="CASCADE",
        ),
    )
    op.create_index(f"{name}_due_at", name, ["due_at"])


def _state() -> None:
    name = "desk_figures_state"
    op.create_table(
        name,
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("counted_to", Utc),
        sa.PrimaryKeyConstraint("id", name=f"{name}_pk"),
    )
