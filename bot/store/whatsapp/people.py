"""Who writes: found by user id first, then by number, and kept apart when in doubt."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, exists, insert, or_, select, update

from bot.conversation.message import new_id
from bot.store.states import start
from bot.store.tables import conversations
from bot.store.whatsapp.records import OPEN, Contact, Who
from bot.store.whatsapp.tables import contacts, deliveries, updates

CONTACT = select(contacts).where(contacts.c.id == bindparam("contact"))
CONTACT_OF = select(contacts).where(contacts.c.conversation_id == bindparam("conversation"))
HELD = select(contacts.c.id, contacts.c.conversation_id).where(
    contacts.c.conversation_id.is_not(None)
)
_BY_USER_ID = select(contacts).where(contacts.c.user_id == bindparam("user_id"))
_BY_PHONE = select(contacts).where(contacts.c.phone == bindparam("phone"))
_CHANGE = update(contacts).where(contacts.c.id == bindparam("contact"))
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
# Nothing binds us to a person without a conversation, a message or a delivery under way.
_DONE_WITH = delete(contacts).where(
    contacts.c.conversation_id.is_(None),
    ~exists().where(updates.c.contact_id == contacts.c.id, updates.c.content.is_not(None)),
    ~exists().where(deliveries.c.contact_id == contacts.c.id, deliveries.c.state.in_(OPEN)),
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
    )


def meet(connection: Connection, who: Who) -> str:
    """Return the id of whoever this is, kept anew when nobody is known by it.

    A number that comes with another user id belongs to another person now.
    """
    known = _known(connection, who)
    if known is None:
        known_id = new_id()
        _give_up(connection, known_id, who)
        row = {"id": known_id, "user_id": who.user_id, "phone": who.phone, "name": who.name}
        connection.execute(insert(contacts).values(row))
        return known_id
    changes = {
        name: value
        for name, value in (("user_id", who.user_id), ("phone", who.phone), ("name", who.name))
        if value is not None and getattr(known, name) != value
    }
    if changes:
        _give_up(connection, known.id, who)
        connection.execute(_CHANGE.values(changes), {"contact": known.id})
    return str(known.id)


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


def _give_up(connection: Connection, contact_id: str, who: Who) -> None:
    """Take a number or user id from everybody else."""
    if who.phone is not None:
        connection.execute(_LEAVE_PHONE, {"number": who.phone, "contact": contact_id})
    if who.user_id is not None:
        connection.execute(_LEAVE_USER_ID, {"number": who.user_id, "contact": contact_id})


def move(connection: Connection, contact_id: str, phone: str | None, user_id: str | None) -> None:
    """Give a contact another number or user id; the number before is nobody's then."""
    if phone is None and user_id is None:
        return
    _give_up(connection, contact_id, Who(user_id, phone))
    # A new number brings a new user id, which we may not know yet.
    changes = {"phone": phone, "user_id": user_id} if phone else {"user_id": user_id}
    connection.execute(_CHANGE.values(changes), {"contact": contact_id})


def change(connection: Connection, contact_id: str, values: Mapping[str, Any]) -> None:
    """Set some of a contact's columns."""
    connection.execute(_CHANGE.values(dict(values)), {"contact": contact_id})


def reset(connection: Connection, contact_id: str) -> None:
    """Forget everything of a contact but where to reach them."""
    nothing = {"name": None, "referral": None, "introduced": False, "stopped_at": None}
    change(connection, contact_id, nothing | {"reminded": False, "queued_seq": 0})


def wrote(
    connection: Connection, contact_id: str, at: datetime, referral: Mapping[str, str] | None
) -> None:
    """Open the window from that moment on, if it isn't open longer already."""
    later = or_(contacts.c.wrote_at.is_(None), contacts.c.wrote_at < at)
    connection.execute(
        update(contacts).where(contacts.c.id == contact_id, later).values(wrote_at=at)
    )
    if referral:
        change(connection, contact_id, {"referral": dict(referral)})


def converse(connection: Connection, contact_id: str) -> str:
    """Return the contact's conversation, begun now when there is none."""
    [row] = connection.execute(CONTACT, {"contact": contact_id})
    if row.conversation_id is not None:
        return str(row.conversation_id)
    begun = start(connection, "whatsapp", None)
    change(connection, contact_id, {"conversation_id": begun, "queued_seq": 0})
    return begun


def take_over(connection: Connection, contact_id: str, conversation_id: str) -> bool:
    """Let a contact go on with a conversation from elsewhere; False when that isn't possible."""
    of = conversations.c.id == conversation_id
    row = connection.execute(select(conversations.c.last_seq).where(of)).one_or_none()
    held = connection.execute(CONTACT_OF, {"conversation": conversation_id}).one_or_none()
    if row is None or (held is not None and held.id != contact_id):
        return False
    connection.execute(update(conversations).where(of).values(channel="whatsapp"))
    changes = {"conversation_id": conversation_id, "queued_seq": row.last_seq}
    change(connection, contact_id, changes)
    return True


def forget_done(connection: Connection) -> int:
    """Delete whoever nothing is kept of any more; return how many."""
    return connection.execute(_DONE_WITH).rowcount
