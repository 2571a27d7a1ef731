"""Who wants to be rung: kept with the reply that says so, and worked through by the front desk."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Row, Update, bindparam, delete, insert, select, update

from bot.conversation.callbacks import CallBack, Wish, Withdrawn
from bot.conversation.message import new_id
from bot.store.database import Database
from bot.store.desk.auditing import record
from bot.store.desk.callback_tables import callbacks
from bot.store.desk.records import AuditEntry
from bot.store.desk.tables import staff
from bot.store.tables import conversations

MOST = 200

_LISTED = (
    select(callbacks, conversations.c.channel, staff.c.name.label("by"))
    .outerjoin(conversations, conversations.c.id == callbacks.c.conversation_id)
    .outerjoin(staff, staff.c.id == callbacks.c.staff_id)
)
ONE = _LISTED.where(callbacks.c.id == bindparam("callback"))
OPEN = (
    _LISTED.where(callbacks.c.state == "open")
    .order_by(callbacks.c.due_at, callbacks.c.made_at)
    .limit(MOST)
)
DONE = _LISTED.where(callbacks.c.state != "open").order_by(callbacks.c.at.desc()).limit(MOST)
_OPEN_OF = update(callbacks).where(
    callbacks.c.conversation_id == bindparam("of"), callbacks.c.state == "open"
)
_FORGET = delete(callbacks).where(
    callbacks.c.conversation_id.is_(None), callbacks.c.made_at < bindparam("before")
)


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody on the list; `by` and `at` tell who of the staff did something last, and when.

    `due_before` is what it was due before nobody answered, for taking that back.
    """

    id: str
    conversation_id: str | None
    channel: str | None
    name: str
    number: str
    wanted: str
    about: str
    due_at: datetime
    due_before: datetime | None
    made_at: datetime
    state: str
    tries: int
    outcome: str | None
    by: str | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class TakenDown:
    """What staff took down at the telephone: no conversation's end deletes it."""

    database: Database

    async def forget_older(self, before: datetime) -> int:
        """Delete what was taken down before that moment; return how many."""
        gone = await self.database.write(partial(forget, before=before))
        if gone:
            await self.database.scrub()
        return gone


@dataclass(frozen=True, slots=True)
class Deed:
    """Who of the staff does something, when, and what the audit says of it."""

    staff_id: str
    at: datetime
    entry: AuditEntry


class Overtaken(Exception):
    """Somebody else was quicker, or the entry is gone: nothing was changed."""


def listed_of(row: Row[Any]) -> Listed:
    """Return the entry that a row of OPEN, DONE or ONE stands for."""
    return Listed(**{name: getattr(row, name) for name in Listed.__dataclass_fields__})


def keep(connection: Connection, of: str, wish: Wish, now: datetime) -> None:
    """Keep what a conversation's patient wishes; the newest wish takes the place of open ones."""
    why = "patient" if isinstance(wish, Withdrawn) else "replaced"
    over = {"state": "withdrawn", "outcome": why, "staff_id": None, "at": now}
    connection.execute(_OPEN_OF.values(over), {"of": of})
    if isinstance(wish, CallBack):
        _insert(connection, wish, now, of)


def add(connection: Connection, wish: CallBack, deed: Deed) -> str:
    """Keep what staff took down at the telephone; return its id."""
    made = _insert(connection, wish, deed.at, None)
    record(connection, deed.entry)
    return made


def finish(connection: Connection, callback_id: str, tries: int, outcome: str, deed: Deed) -> None:
    """Strike somebody off who was reached, or can't be; Overtaken."""
    done = {"state": "done", "outcome": outcome, "due_before": None}
    _change(connection, _as_seen(callback_id, "open", tries), done, deed)


def put_off(
    connection: Connection, callback_id: str, tries: int, due_at: datetime, deed: Deed
) -> None:
    """Count a try that nobody answered; it is due again at that moment; Overtaken."""
    later = {"tries": tries + 1, "due_at": due_at, "due_before": callbacks.c.due_at}
    _change(connection, _as_seen(callback_id, "open", tries), later, deed)


def take_back(connection: Connection, seen: Listed, deed: Deed) -> None:
    """Undo what was done last to an entry, if it still is as it was seen; Overtaken."""
    before: dict[str, Any] = {"state": "open", "outcome": None}
    if seen.state == "open":
        if seen.due_before is None:
            raise Overtaken
        before = {"tries": seen.tries - 1, "due_at": seen.due_before, "due_before": None}
    elif seen.outcome == "patient":
        raise Overtaken  # Whoever withdrew it is no longer waiting.
    _change(connection, _as_seen(seen.id, seen.state, seen.tries), before, deed)


def forget(connection: Connection, before: datetime) -> int:
    """Delete what staff took down before that moment; what has a conversation goes with it."""
    return connection.execute(_FORGET, {"before": before}).rowcount


def _insert(connection: Connection, wish: CallBack, now: datetime, of: str | None) -> str:
    row = {
        "id": new_id(),
        "conversation_id": of,
        "name": wish.name,
        "number": wish.number,
        "wanted": wish.when,
        "about": wish.about,
        "due_at": wish.due_at,
        "made_at": now,
        "state": "open",
    }
    connection.execute(insert(callbacks).values(row))
    return str(row["id"])


def _as_seen(callback_id: str, state: str, tries: int) -> Update:
    """Return what changes an entry only while it is as somebody saw it."""
    return update(callbacks).where(
        callbacks.c.id == callback_id, callbacks.c.state == state, callbacks.c.tries == tries
    )


def _change(connection: Connection, which: Update, values: dict[str, Any], deed: Deed) -> None:
    changed = connection.execute(which.values(staff_id=deed.staff_id, at=deed.at, **values))
    if changed.rowcount == 0:
        raise Overtaken
    record(connection, deed.entry)
