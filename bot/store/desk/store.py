"""The console's store on SQLAlchemy; every method may raise StoreUnavailable or Closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from bot.store.database import Database
from bot.store.desk import auditing, people, trying, visits
from bot.store.desk.records import Audited, AuditEntry, Rule, Session, Staff, Taken


@dataclass(frozen=True, slots=True)
class DeskStore:
    """Keeps staff, their sessions, failed sign-ins and the audit beside the conversations."""

    database: Database

    async def by_login(self, login: str) -> Staff | None:
        """Return whoever has this login, in small letters, or None."""
        rows = await self.database.read(people.BY_LOGIN, login=login)
        return people.staff_of(rows[0]) if rows else None

    async def everybody(self) -> list[Staff]:
        """Return all staff by name, those who may sign in first."""
        return [people.staff_of(row) for row in await self.database.read(people.EVERYBODY)]

    async def add(self, person: Staff, entry: AuditEntry) -> None:
        """Keep somebody new; LoginTaken."""
        await self.database.write(partial(people.add, person=person, entry=entry))

    async def change(
        self,
        person_id: str,
        values: Mapping[str, Any],
        entry: AuditEntry,
        keep: str | None = None,
    ) -> None:
        """Change somebody and end their sessions, but the one with the key `keep`; LastManager."""
        work = partial(people.change, person_id=person_id, values=values, entry=entry, keep=keep)
        await self.database.write(work)

    async def rehash(self, person: Staff, password: str) -> None:
        """Keep a new digest of the password that the person has."""
        before = person.password
        work = partial(people.rehash, person_id=person.id, before=before, password=password)
        await self.database.write(work)

    async def use_code(self, person_id: str, step: int) -> bool:
        """Use up the codes up to a step of time; False when that was done before."""
        return await self.database.write(partial(people.use_code, person_id=person_id, step=step))

    async def session(self, key: str) -> tuple[Session, Staff] | None:
        """Return a session with its person, or None; neither its age nor its limits are looked at.

        There is none for somebody who was locked.
        """
        for row in await self.database.read(visits.WITH_STAFF, session=key):
            return visits.session_of(row), visits.person_of(row)
        return None

    async def sessions(self, person_id: str, now: datetime, idle_since: datetime) -> list[Session]:
        """Return a person's sessions that are still good, the last used first."""
        values = {"person": person_id, "now": now, "idle_since": idle_since}
        rows = await self.database.read(visits.OF_STAFF, **values)
        return [visits.session_of(row) for row in rows]

    async def begin(
        self, session: Session, instead_of: str | None = None, entry: AuditEntry | None = None
    ) -> None:
        """Keep a new session, in place of an older one."""
        work = partial(visits.begin, session=session, instead_of=instead_of, entry=entry)
        await self.database.write(work)

    async def see(self, key: str, at: datetime) -> None:
        """Know that a session was used."""
        await self.database.write(partial(visits.see, key=key, at=at))

    async def offer_totp(self, key: str, secret: str | None) -> None:
        """Keep the secret of a second factor that isn't proved yet, for this session alone."""
        await self.database.write(partial(visits.offer_totp, key=key, secret=secret))

    async def end(self, staff_id: str, key: str | None, entry: AuditEntry) -> bool:
        """End one session of a person, or all without a key; False when there was none."""
        return await self.database.write(
            partial(visits.end, staff_id=staff_id, key=key, entry=entry)
        )

    async def take_try(self, rules: Sequence[tuple[str, Rule]], now: datetime) -> Taken:
        """Count a try to sign in under every key, unless one of them is locked."""
        return await self.database.write(partial(trying.take, rules=rules, now=now))

    async def give_back(self, *keys: str) -> None:
        """Take back a try that was counted and did not fail."""
        await self.database.write(partial(trying.give_back, keys=keys))

    async def clear_tries(self, key: str) -> None:
        """Forget the failures under a key, and its lock."""
        await self.database.write(partial(trying.clear, key=key))

    async def record(self, entry: AuditEntry) -> None:
        """Add an entry to the audit."""
        await self.database.write(partial(auditing.record, entry=entry))

    async def audited(self, before: int | None, limit: int) -> list[Audited]:
        """Return entries of the audit, the newest first, those before a number if it is given."""
        place = {"before": before or 2**31 - 1, "limit": limit}
        return [
            auditing.audited_of(row) for row in await self.database.read(auditing.PAGE, **place)
        ]
