"""What the front desk's console keeps: staff, sessions, failed sign-ins, and the audit."""

from bot.store.desk.managers import has_manager
from bot.store.desk.records import (
    Audited,
    AuditEntry,
    LastManager,
    LoginTaken,
    Role,
    Rule,
    Session,
    Staff,
    Taken,
)
from bot.store.desk.store import DeskStore

__all__ = [
    "AuditEntry",
    "Audited",
    "DeskStore",
    "LastManager",
    "LoginTaken",
    "Role",
    "Rule",
    "Session",
    "Staff",
    "Taken",
    "has_manager",
]
