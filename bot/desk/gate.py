"""What every use case of the console works with, and the limits of guessing and of sessions."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.desk.keys import keyed
from bot.desk.passwords import Passwords
from bot.store.desk import AuditEntry, DeskStore, Rule, Session, Staff

# A login is guessed at from many places, and many people mistype at one clinic's address.
BY_LOGIN, BY_ADDRESS = Rule(free=5), Rule(free=20)
IDLE, ABSOLUTE = timedelta(minutes=30), timedelta(hours=12)
# Whoever has given the password, but no code yet, has little time for it.
HALF_WAY = timedelta(minutes=5)
SEEN_EVERY = timedelta(seconds=30)
PAGE = 50


@dataclass(frozen=True, slots=True)
class Gate:
    """The console's collaborators; `secret` keys its digests."""

    store: DeskStore
    passwords: Passwords
    secret: str = field(repr=False)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def login_key(self, login: str) -> str:
        """Return what failures of a login are counted under."""
        return keyed(self.secret, "login", login)

    def address_key(self, address: str) -> str:
        """Return what failures from an address are counted under."""
        return keyed(self.secret, "address", address)

    def csrf_of(self, session: Session) -> str:
        """Return what every form of a session must bring."""
        return keyed(self.secret, "form", session.key)

    async def audit(
        self, staff: Staff, action: str, about: str | None = None, detail: str | None = None
    ) -> None:
        """Note for good that somebody looked at or did something.

        `action` is a short name such as `conversation.read`; `about` an id that tells nothing;
        neither may hold what a patient said or is known by, nor may `detail`.
        """
        await self.store.record(entry_of(staff, action, about, detail))


def entry_of(
    staff: Staff, action: str, about: str | None = None, detail: str | None = None
) -> AuditEntry:
    """Return the audit's entry for what somebody did."""
    return AuditEntry(staff.id, staff.login, action, about, detail)
