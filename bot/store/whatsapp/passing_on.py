"""Keeps an answer for somebody who asked for it elsewhere, so that it goes out to them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from bot.conversation.message import Message
from bot.conversation.records import Line
from bot.store.database import Database
from bot.store.desk.auditing import record
from bot.store.desk.records import AuditEntry
from bot.store.lines import append
from bot.store.states import lock
from bot.store.tables import conversations, messages
from bot.store.whatsapp.people import CONTACT, change, contact_of, converse, meet
from bot.store.whatsapp.records import Contact, Who
from bot.store.whatsapp.tables import contacts
from bot.store.whatsapp.transcript import KEY

# Makes the messages for a conversation; told whether the person knows already who we are.
Say = Callable[[str, bool], Sequence[Message]]

_BY_PHONE = select(contacts).where(contacts.c.phone == bindparam("number"))
_LOCK = CONTACT.with_for_update()
_SEEN = select(messages.c.seq).where(
    messages.c.conversation_id == bindparam("conversation"), messages.c.key == bindparam("of")
)
_OF = update(conversations).where(conversations.c.id == bindparam("of"))


class Stopped(Exception):
    """They wrote STOP: nothing is sent to them before they write START."""


@dataclass(frozen=True, slots=True)
class Passed:
    """To whom an answer goes, in which conversation, and when they last wrote.

    It is not `new` when the same was kept before.
    """

    contact_id: str
    conversation_id: str
    wrote_at: datetime | None
    new: bool


async def by_number(database: Database, number: str) -> Contact | None:
    """Return whoever writes under an E.164 number, or None; StoreUnavailable or Closed."""
    rows = await database.read(_BY_PHONE, number=_phone(number))
    return contact_of(rows[0]) if rows else None


async def pass_on(
    database: Database,
    number: str,
    once: str,
    say: Say,
    memory: Mapping[str, Any] | None,
    entry: AuditEntry,
) -> Passed:
    """Keep an answer in the conversation of whoever has an E.164 number, begun if there is none.

    The same `once` changes nothing when it comes again. What the assistant remembers becomes
    `memory`, if it is given, and the audit gets the entry about the conversation, all in one
    transaction. Stopped, StoreUnavailable or Closed.
    """
    work = partial(_pass_on, number=number, once=once, say=say, memory=memory, entry=entry)
    return await database.write(work)


def _pass_on(
    connection: Connection,
    number: str,
    once: str,
    say: Say,
    memory: Mapping[str, Any] | None,
    entry: AuditEntry,
) -> Passed:
    contact_id = meet(connection, Who(None, _phone(number)))
    contact = contact_of(connection.execute(_LOCK, {"contact": contact_id}).one())
    if contact.stopped:
        raise Stopped
    to = converse(connection, contact_id)
    last = lock(connection, to).last_seq
    # The key tells the outbox that this is for WhatsApp, and that it was there before.
    key = f"{KEY}desk:{once}"
    if connection.execute(_SEEN, {"conversation": to, "of": f"{key}/0"}).first() is not None:
        return Passed(contact_id, to, contact.wrote_at, new=False)
    now = datetime.now(UTC)
    said = enumerate(say(to, contact.introduced))
    lines = [Line(message, f"{key}/{place}") for place, message in said]
    append(connection, to, None, last, lines, "assistant", now)
    changes: dict[str, Any] = {"last_seq": last + len(lines), "changed_at": now}
    if memory is not None:
        changes["memory"] = dict(memory)
    connection.execute(_OF.values(changes), {"of": to})
    change(connection, contact_id, {"introduced": True})
    record(connection, replace(entry, about=to))
    return Passed(contact_id, to, contact.wrote_at, new=True)


def _phone(number: str) -> str:
    """Return a number as Meta names people by it."""
    return number.removeprefix("+")
