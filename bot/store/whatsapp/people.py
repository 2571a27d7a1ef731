"""Who writes: found by user id first, then by number, and kept apart when in doubt."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, delete, exists, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.conversation.message import new_id
from bot.store.states import start
from bot.store.tables import conversations
from bot.store.whatsapp.records import Contact, Who
from bot.store.whatsapp.tables import IS_OPEN, contacts, deliveries, updates

CONTACT = select(contacts).where(contacts.c.id == bindparam("contact"))
_LOCK = CONTACT.with_for_update()
CONTACT_OF = select(contacts).where(contacts.c.conversation_id == bindparam("conversation"))
HELD = select(contacts.c.id, contacts.c.conversation_id).where(
    contacts.c.conversation_id.is_not(None)
)
_BEGIN = {
    "sqlite": sqlite.insert(contacts).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(contacts).on_conflict_do_nothing(),
}
_BY_USER_ID = select(contacts).where(contacts.c.user_id == bindparam("user_id"))
_BY_PHONE = select(contacts).where(contacts.c.phone == bindparam("phone"))
_CHANGE = update(contacts).where(contacts.c.id == bindparam("contact"))
_CLOSE_WINDOW = _CHANGE.where(contacts.c.wrote_at <= bindparam("before")).values(wrote_at=None)
_WROTE = _CHANGE.where(
    or_(contacts.c.wrote_at.is_(None), contacts.c.wrote_at < bindparam("moment"))
).values(wrote_at=bindparam("moment"))
_LEAVE_PHONE = (
    update(contacts)
    .where(contacts.c.phone == bindparam("number"), contacts.c.id != bindparam("contact"))
    .values(phone=None)
)
_LEAVE_USER_ID = (
    update(contacts)
    .where(contacts.c.user_id == bindparam("number"), contacts.c.id != bindparam("contact"))
    .values(user_id=None)
)
# What is theirs: what they have now, and what they had before they went on with another.
_SENT_IN = select(deliveries.c.conversation_id).where(
    deliveries.c.contact_id == bindparam("contact"), deliveries.c.conversation_id.is_not(None)
)
_HAS_NOW = select(contacts.c.conversation_id).where(contacts.c.id == bindparam("contact"))
_OTHERS_HAVE = exists().where(
    contacts.c.conversation_id == conversations.c.id, contacts.c.id != bindparam("contact")
)
OWN = select(conversations.c.id).where(
    conversations.c.id.in_(_SENT_IN.union(_HAS_NOW)), ~_OTHERS_HAVE
)
# Nothing binds us to a person without a conversation, a message or a delivery under way; what
# can't be sent beside a conversation is given up after a while.
_DONE_WITH = (
    contacts.c.conversation_id.is_(None),
    ~exists().where(updates.c.contact_id == contacts.c.id, updates.c.content.is_not(None)),
    ~exists().where(
        deliveries.c.contact_id == contacts.c.id,
        or_(
            deliveries.c.conversation_id.is_not(None),
            and_(IS_OPEN, deliveries.c.made_at > bindparam("since")),
        ),
    ),
)
FAREWELL = timedelta(days=1)
MOST_PEOPLE = 500  # go in one transaction: a patient who writes meanwhile waits for its end
_ALL_DONE_WITH = select(contacts.c.id).where(*_DONE_WITH).limit(MOST_PEOPLE).with_for_update()
# Looked at once more when they are ours, so that nobody goes who writes at the same time.
_FORGET = delete(contacts).where(
    contacts.c.id.in_(bindparam("people", expanding=True)), *_DONE_WITH
)


def contact_of(row: Row[Any]) -> Contact:
    """Return the contact that a row stands for."""
    return Contact(
        id=row.id,
        conversation_id=row.conversation_id,
        user_id=row.user_id,
        phone=row.phone,
        wrote_at=row.wrote_at,
        introduced=row.introduced,
        stopped=row.stopped_at is not None,
        reminded=row.reminded,
        queued_seq=row.queued_seq,
        name=row.name,
    )


def meet(connection: Connection, who: Who) -> str:
    """Return the id of whoever this is, kept anew when nobody is known by it.

    A number that comes with another user id belongs to another person now.
    """
    known = _known(connection, who) or _begin(connection, who)
    changes = {
        name: value
        for name, value in (("user_id", who.user_id), ("phone", who.phone), ("name", who.name))
        if value is not None and getattr(known, name) != value
    }
    if changes:
        give_up(connection, known.id, who)
        connection.execute(_CHANGE.values(changes), {"contact": known.id})
    return str(known.id)


def _begin(connection: Connection, who: Who) -> Row[Any]:
    """Keep somebody new; two deliveries that bring them at once agree on one."""
    begun = new_id()
    give_up(connection, begun, who)
    row = {"id": begun, "user_id": who.user_id, "phone": who.phone, "name": who.name}
    if connection.execute(_BEGIN[connection.dialect.name], row).rowcount == 0:
        known = _known(connection, who)
        if known is not None:
            return known
    return connection.execute(CONTACT, {"contact": begun}).one()


def _known(connection: Connection, who: Who) -> Row[Any] | None:
    if who.user_id is not None:
        row = connection.execute(_BY_USER_ID, {"user_id": who.user_id}).one_or_none()
        if row is not None:
            return row
    if who.phone is None:
        return None
    row = connection.execute(_BY_PHONE, {"phone": who.phone}).one_or_none()
    strange = row is not None and who.user_id is not None and row.user_id not in (None, who.user_id)
    return None if strange else row


def give_up(connection: Connection, contact_id: str, who: Who) -> None:
    """Take a number or user id from everybody else."""
    if who.phone is not None:
        connection.execute(_LEAVE_PHONE, {"number": who.phone, "contact": contact_id})
    if who.user_id is not None:
        connection.execute(_LEAVE_USER_ID, {"number": who.user_id, "contact": contact_id})


def change(connection: Connection, contact_id: str, values: Mapping[str, Any]) -> None:
    """Set some of a contact's columns."""
    connection.execute(_CHANGE.values(dict(values)), {"contact": contact_id})


def close_window(connection: Connection, contact_id: str, since: datetime | None) -> None:
    """Know a contact's window as closed, unless they wrote after that moment."""
    before = {"contact": contact_id, "before": since}
    connection.execute(_CLOSE_WINDOW, before)


def reset(connection: Connection, contact_id: str) -> None:
    """Forget everything of a contact but where to reach them."""
    nothing = {"name": None, "referral": None, "introduced": False, "stopped_at": None}
    change(connection, contact_id, nothing | {"reminded": False, "queued_seq": 0})


def wrote(
    connection: Connection, contact_id: str, at: datetime, referral: Mapping[str, str] | None
) -> None:
    """Open the window from that moment on, if it isn't open longer already."""
    connection.execute(_WROTE, {"contact": contact_id, "moment": at})
    if referral:
        change(connection, contact_id, {"referral": dict(referral)})


def converse(connection: Connection, contact_id: str) -> str:
    """Return the contact's conversation, begun now when there is none; two begin the same one."""
    [row] = connection.execute(_LOCK, {"contact": contact_id})
    if row.conversation_id is not None:
        return str(row.conversation_id)
    begun = start(connection, "whatsapp", None)
    change(connection, contact_id, {"conversation_id": begun, "queued_seq": 0})
    return begun


def forget_done(connection: Connection) -> int:
    """Delete some of those of whom nothing is kept any more; return how many."""
    since = {"since": datetime.now(UTC) - FAREWELL}
    return forget(connection, connection.execute(_ALL_DONE_WITH, since).scalars().all())


def forget(connection: Connection, people: Sequence[str]) -> int:
    """Delete those of these people of whom nothing is kept any more; return how many."""
    if not people:
        return 0
    since = datetime.now(UTC) - FAREWELL
    return connection.execute(_FORGET, {"people": people, "since": since}).rowcount
