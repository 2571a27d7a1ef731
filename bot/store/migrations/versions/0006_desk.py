"""The front desk's console: its staff, their sessions, failed sign-ins, and the audit."""

import sqlalchemy as sa
from alembic import op

from bot.store.columns import Utc

revision = "0006"
down_revision = "0005"

# An `INSERT OR REPLACE` deletes without a trigger's knowing, so it is refused at the insertion.
SQLITE = (
    "CREATE TRIGGER desk_audit_update BEFORE UPDATE ON desk_audit"
    " BEGIN SELECT RAISE(ABORT, 'the audit takes new entries only'); END",
    "CREATE TRIGGER desk_audit_delete BEFORE DELETE ON desk_audit"
    " BEGIN SELECT RAISE(ABORT, 'the audit takes new entries only'); END",
    "CREATE TRIGGER desk_audit_replace BEFORE INSERT ON desk_audit"
    " WHEN EXISTS (SELECT 1 FROM desk_audit WHERE id = NEW.id)"
    " BEGIN SELECT RAISE(ABORT, 'the audit takes new entries only'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION desk_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'the audit takes new entries only'; END $$",
    "CREATE TRIGGER desk_audit_change BEFORE UPDATE OR DELETE ON desk_audit"
    " FOR EACH ROW EXECUTE FUNCTION desk_audit_refuse()",
    "CREATE TRIGGER desk_audit_truncate BEFORE TRUNCATE ON desk_audit"
    " FOR EACH STATEMENT EXECUTE FUNCTION desk_audit_refuse()",
)
TRIGGERS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def upgrade() -> None:
    """Make the console's tables, and see to it that the audit only grows."""
    _staff()
    _sessions()
    _tries()
    _audit()
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


def _staff() -> None:
    name = "desk_staff"
    op.create_table(
        name,
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("login", sa.String(64), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("password", sa.Text, nullable=False),
        sa.Column("must_change", sa.Boolean, nullable=False, server_default=sa.true()),
        sa.Column("totp", sa.Text),
        sa.Column("totp_step", sa.Integer, nullable=False, server_default="0"),
        sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
        sa.Column("made_at", Utc, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"{name}_pk"),
        sa.UniqueConstraint("login", name=f"{name}_login_unique"),
        sa.CheckConstraint("role IN ('front_desk', 'manager')", name=op.f(f"{name}_role_known")),
        sa.CheckConstraint("login = lower(login)", name=op.f(f"{name}_login_known")),
    )


def _sessions() -> None:
    name = "desk_sessions"
    op.create_table(
        name,
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("staff_id", sa.String(32), nullable=False),
        sa.Column("made_at", Utc, nullable=False),
        sa.Column("seen_at", Utc, nullable=False),
        sa.Column("expires_at", Utc, nullable=False),
        sa.Column("waits_for_code", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("new_totp", sa.Text),
        sa.PrimaryKeyConstraint("key", name=f"{name}_pk"),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["desk_staff.id"], name=f"{name}_staff_id_fk", ondelete="CASCADE"
        ),
    )
    op.create_index(f"{name}_staff_id", name, ["staff_id"])
    op.create_index(f"{name}_expires_at", name, ["expires_at"])


def _tries() -> None:
    name = "desk_tries"
    op.create_table(
        name,
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until", Utc),
        sa.Column("at", Utc, nullable=False),
        sa.PrimaryKeyConstraint("key", name=f"{name}_pk"),
    )
    op.create_index(f"{name}_at", name, ["at"])


def _audit() -> None:
    name = "desk_audit"
    op.create_table(
        name,
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", Utc, nullable=False),
        sa.Column("staff_id", sa.String(32)),
        sa.Column("login", sa.String(64), nullable=False),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("about", sa.String(64)),
        sa.Column("detail", sa.Text),
        sa.PrimaryKeyConstraint("id", name=f"{name}_pk"),
    )
