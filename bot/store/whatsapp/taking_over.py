"""Lets a person go on with a conversation that was begun elsewhere."""

from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.conversation.holding import Holding, begun, wait, warned
from bot.conversation.message import new_id
from bot.store.rows import columns_of, holding_of
from bot.store.tables import conversations
from bot.store.whatsapp.people import CONTACT, CONTACT_OF, change
from bot.store.whatsapp.tables import deliveries

# Ours until the transaction ends: staff who take it at the same time come before or after.
_STATE = select(conversations).where(conversations.c.id == bindparam("of")).with_for_update()


def has(connection: Connection, contact_id: str, conversation_id: str) -> bool:
    """Tell whether the conversation is the contact's."""
    held = connection.execute(CONTACT_OF, {"conversation": conversation_id}).one_or_none()
    return held is not None and held.id == contact_id


def take_over(connection: Connection, contact_id: str, conversation_id: str) -> bool:
    """Give a contact a conversation in place of the one before; False when it is another's.

    Whoever waited for a person in the one before goes on waiting in this one, and an emergency
    there still wants to be looked after.
    """
    row = connection.execute(_STATE, {"of": conversation_id}).one_or_none()
    held = connection.execute(CONTACT_OF, {"conversation": conversation_id}).one_or_none()
    if row is None or held is not None:
        return held is not None and held.id == contact_id
    [contact] = connection.execute(CONTACT, {"contact": contact_id})
    at, here = datetime.now(UTC), holding_of(row)
    if contact.conversation_id is not None:
        before = _leave(connection, contact_id, contact.conversation_id, at)
        if before.holder != "bot":
            here = wait(here, at, before.reason or "left", told=before.told)
        if before.urgent is not None:
            here = warned(here, before.urgent)
    of = conversations.c.id == conversation_id
    moved = update(conversations).where(of).values(channel="whatsapp", **columns_of(here))
    connection.execute(moved)
    changes = {"conversation_id": conversation_id, "queued_seq": row.last_seq}
    change(connection, contact_id, changes)
    return True


def _leave(connection: Connection, contact_id: str, conversation_id: str, at: datetime) -> Holding:
    """Leave a conversation to itself, known as the contact's; return who held it."""
    row = connection.execute(_STATE, {"of": conversation_id}).one()
    of = conversations.c.id == conversation_id
    alone = columns_of(begun(at))
    connection.execute(update(conversations).where(of).values(alone))
    # Nothing to be sent: it keeps the conversation among what is deleted with the contact's data.
    mark = {
        "opaque": new_id(),
        "contact_id": contact_id,
        "conversation_id": conversation_id,
        "part": 0,
        "message_id": "left",
        "urgent": False,
        "content": {},
        "state": "dropped",
        "due_at": at,
        "made_at": at,
    }
    connection.execute(insert(deliveries).values(mark))
    return holding_of(row)
