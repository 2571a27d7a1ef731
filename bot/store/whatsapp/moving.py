"""A person's number or user id changes; who wrote from there already may be the same person."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, exists, or_, select, update

from bot.store.tables import conversations, messages, turns
from bot.store.whatsapp.people import CONTACT, change, give_up
from bot.store.whatsapp.records import Who
from bot.store.whatsapp.tables import carries, contacts, deliveries, updates

# The news of a new number may come after the first message from it; clocks differ a little.
SLACK = timedelta(minutes=1)

_THERE = (
    select(contacts, conversations.c.started_at)
    .outerjoin(conversations, conversations.c.id == contacts.c.conversation_id)
    .where(
        or_(
            contacts.c.phone == bindparam("phone"),
            contacts.c.user_id == bindparam("user_id"),
        ),
        contacts.c.id != bindparam("contact"),
    )
)
# Somebody who is being answered there just now would wait for it in vain.
_BUSY = select(
    or_(
        exists().where(turns.c.conversation_id == bindparam("of"), turns.c.finished_at.is_(None)),
        exists().where(
            messages.c.conversation_id == bindparam("of"),
            messages.c.seq > bindparam("after"),
            messages.c.author != "patient",
        ),
    )
)
_HAND_OVER = tuple(
    update(table).where(column == bindparam("other")).values({column.name: bindparam("contact")})
    for table, column in (
        (updates, updates.c.contact_id),
        (deliveries, deliveries.c.contact_id),
        (carries, carries.c.used_by),
    )
)
_FORGET = delete(contacts).where(contacts.c.id == bindparam("other"))


def move(
    connection: Connection, contact_id: str, phone: str | None, user_id: str | None, at: datetime
) -> bool:
    """Give a contact another number or user id, as of a time; the ones before are nobody's then.

    Whoever wrote from there since that time is the same person: what came from them and what goes
    to them becomes the contact's. False, changing nothing, while somebody is being answered there.
    """
    mine = connection.execute(CONTACT, {"contact": contact_id}).one_or_none()
    if mine is None or (phone is None and user_id is None):
        return True
    # A new number brings a new user id, which we may not know yet.
    changes: dict[str, Any] = (
        {"phone": phone, "user_id": user_id} if phone else {"user_id": user_id}
    )
    there = {"phone": phone, "user_id": user_id, "contact": contact_id}
    there_now = connection.execute(_THERE, there).all()
    same = [other for other in there_now if _is_same(other, user_id, at)]
    if any(_is_busy(connection, other) for other in same):
        return False
    for other in same:
        changes = _joined(mine, other, changes)
        people = {"other": other.id, "contact": contact_id}
        for hand_over in _HAND_OVER:
            connection.execute(hand_over, people)
        connection.execute(_FORGET, {"other": other.id})
    give_up(connection, contact_id, Who(user_id, phone))
    change(connection, contact_id, changes)
    return True


def _is_same(other: Row[Any], user_id: str | None, at: datetime) -> bool:
    """Tell whether somebody is the person that moved, not one who had the number before."""
    if user_id is not None and other.user_id is not None:
        return bool(other.user_id == user_id)
    return other.started_at is None or bool(other.started_at >= at - SLACK)


def _is_busy(connection: Connection, other: Row[Any]) -> bool:
    of = {"of": other.conversation_id, "after": other.queued_seq}
    return bool(connection.execute(_BUSY, of).scalar_one())


def _joined(mine: Row[Any], other: Row[Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the changes with what is known of the other, too."""
    wrote = [row.wrote_at for row in (mine, other) if row.wrote_at is not None]
    joined = dict(changes) | {"wrote_at": max(wrote, default=None)}
    if other.stopped_at is not None:
        joined |= {"stopped_at": other.stopped_at, "reminded": other.reminded}
    return joined | {"user_id": changes["user_id"] or other.user_id}
