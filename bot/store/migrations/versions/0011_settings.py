"""What managers change of the clinic's settings, version by version."""

import sqlalchemy as sa
from alembic import op

from bot.store.columns import Utc

revision = "0011"
down_revision = "0010"

# An `INSERT OR REPLACE` deletes without a trigger's knowing, so it is refused at the insertion.
SQLITE = (
    "CREATE TRIGGER desk_settings_update BEFORE UPDATE ON desk_settings"
    " BEGIN SELECT RAISE(ABORT, 'settings take new versions only'); END",
    "CREATE TRIGGER desk_settings_delete BEFORE DELETE ON desk_settings"
    " BEGIN SELECT RAISE(ABORT, 'settings take new versions only'); END",
    "CREATE TRIGGER desk_settings_replace BEFORE INSERT ON desk_settings"
    " WHEN EXISTS (SELECT 1 FROM desk_settings WHERE id = NEW.id)"
    " BEGIN SELECT RAISE(ABORT, 'settings take new versions only'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION desk_settings_refuse() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'settings take new versions only'; END $$",
    "CREATE TRIGGER desk_settings_change BEFORE UPDATE OR DELETE ON desk_settings"
    " FOR EACH ROW EXECUTE FUNCTION desk_settings_refuse()",
    "CREATE TRIGGER desk_settings_truncate BEFORE TRUNCATE ON desk_settings"
    " FOR EACH STATEMENT EXECUTE FUNCTION desk_settings_refuse()",
)
TRIGGERS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def upgrade() -> None:
    """Make the table of versions, and see to it that it only grows."""
    name = "desk_settings"
    op.create_table(
        name,
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", Utc, nullable=False),
        sa.Column("staff_id", sa.String(32)),
        sa.Column("login", sa.String(64), nullable=False),
        sa.Column("name", sa.String(128), nullable=False),
        sa.Column("value", sa.Text),
        sa.PrimaryKeyConstraint("id", name=f"{name}_pk"),
    )
    op.create_index(f"{name}_name", name, ["name", "id"])
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)
