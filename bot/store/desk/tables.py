"""The tables of the front desk's console as the newest migration leaves them."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    false,
    true,
)

from bot.store.columns import Utc
from bot.store.tables import metadata

# Logins are kept in small letters, so that unique is unique however it is typed.
staff = Table(
    "desk_staff",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("login", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("password", Text, nullable=False),
    Column("must_change", Boolean, nullable=False, server_default=true()),
    Column("totp", Text),
    Column("totp_step", Integer, nullable=False, server_default="0"),
    Column("active", Boolean, nullable=False, server_default=true()),
    Column("made_at", Utc, nullable=False),
    CheckConstraint("role IN ('front_desk', 'manager')", name="role"),
    CheckConstraint("login = lower(login)", name="login"),
)

# The key is a digest: whoever reads the database can't sign in with it.
sessions = Table(
    "desk_sessions",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("staff_id", ForeignKey("desk_staff.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("made_at", Utc, nullable=False),
    Column("seen_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False, index=True),
    Column("waits_for_code", Boolean, nullable=False, server_default=false()),
    Column("new_totp", Text),
)

# Failed sign-ins by a digest of a login or an address, whether there is such a login or not.
tries = Table(
    "desk_tries",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Utc),
    Column("at", Utc, nullable=False, index=True),
)

# Triggers refuse every change but a new entry; see the migration.
audit = Table(
    "desk_audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("staff_id", String(32)),
    Column("login", String(64), nullable=False),
    Column("action", String(64), nullable=False),
    Column("about", String(64), index=True),
    Column("detail", Text),
)
