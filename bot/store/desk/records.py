"""What the console's store takes and gives."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Role = Literal["front_desk", "manager"]


class LoginTaken(Exception):
    """Somebody has this login already."""


class LastManager(Exception):
    """Nobody would be left who may add and lock staff."""


@dataclass(frozen=True, slots=True)
class Staff:
    """A person who may sign in, or could until they were locked; `login` in small letters."""

    id: str
    login: str
    name: str
    role: Role
    must_change: bool
    active: bool
    made_at: datetime
    password: str = field(repr=False)
    totp: str | None = field(repr=False)

    @property
    def is_manager(self) -> bool:
        """Whether they manage the staff."""
        return self.role == "manager"


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is signed in, or half-way; `key` is the digest of the cookie's secret."""

    key: str
    staff_id: str
    made_at: datetime
    seen_at: datetime
    expires_at: datetime
    waits_for_code: bool = False
    new_totp: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """After so many failures nobody may try for `minutes`, twice as long each time it happens."""

    free: int
    minutes: int = 15
    most_minutes: int = 24 * 60


@dataclass(frozen=True, slots=True)
class Taken:
    """A try that was allowed, with those left before a lock; or refused, by `locked_until`."""

    allowed: bool
    left: int
    locked_until: datetime | None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what, and about what, without anything that a patient said or is known by.

    `login` is as it was; `about` is an id that tells nothing.
    """

    staff_id: str | None
    login: str
    action: str
    about: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Audited:
    """An entry of the audit, with its number and moment."""

    id: int
    at: datetime
    entry: AuditEntry
