"""What goes to people: queued once an entry, leased, sent, and settled."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Update, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.conversation.message import new_id
from bot.store.tables import conversations
from bot.store.whatsapp.people import change
from bot.store.whatsapp.records import Delivery, NewDelivery
from bot.store.whatsapp.tables import IS_OPEN, contacts, deliveries

_PLACE = ["conversation_id", "seq", "part"]
_QUEUE = {
    "sqlite": sqlite.insert(deliveries).on_conflict_do_nothing(index_elements=_PLACE),
    "postgresql": postgresql.insert(deliveries).on_conflict_do_nothing(index_elements=_PLACE),
}
# Oldest first, but an emergency before everything. When the contact wrote is read with them: news
# that holds a delivery closes the window with it, and neither is to be seen without the other.
OPEN_ONES = (
    select(deliveries, contacts.c.wrote_at)
    .join(contacts, contacts.c.id == deliveries.c.contact_id)
    .where(deliveries.c.contact_id == bindparam("contact"), IS_OPEN)
    .order_by(deliveries.c.urgent.desc(), deliveries.c.id)
)
WITH_OPEN = select(deliveries.c.contact_id).where(IS_OPEN).distinct()
SENT_AS = select(deliveries).where(deliveries.c.graph_id == bindparam("graph_id"))
_ASIDE = select(deliveries.c.id).where(
    deliveries.c.contact_id == bindparam("contact"),
    deliveries.c.message_id == bindparam("name"),
    deliveries.c.seq.is_(None),
)
_CONVERSATION = select(conversations.c.id).where(conversations.c.id == bindparam("conversation"))
_ADVANCE = (
    update(contacts)
    .where(
        contacts.c.id == bindparam("contact"),
        contacts.c.conversation_id == bindparam("conversation"),
        contacts.c.queued_seq < bindparam("last"),
    )
    .values(queued_seq=bindparam("last"))
)
# What a status told meanwhile counts more than what we had to tell.
_SETTLE = (
    update(deliveries)
    .where(
        deliveries.c.id == bindparam("delivery"),
        IS_OPEN,
        deliveries.c.state == bindparam("before"),
    )
    .values(
        attempts=deliveries.c.attempts + bindparam("more_attempts"),
        doubts=deliveries.c.doubts + bindparam("more_doubts"),
    )
)
_LEASE = _SETTLE.where(deliveries.c.attempts == bindparam("known"))
_DROP = (
    update(deliveries)
    .where(
        deliveries.c.contact_id == bindparam("contact"),
        deliveries.c.conversation_id.is_not(None),
        deliveries.c.urgent.is_(False),
        IS_OPEN,
    )
    .values(state="dropped")
)


def delivery_of(row: Row[Any]) -> Delivery:
    """Return the delivery that a row stands for."""
    return Delivery(
        id=row.id,
        opaque=row.opaque,
        contact_id=row.contact_id,
        conversation_id=row.conversation_id,
        seq=row.seq,
        part=row.part,
        message_id=row.message_id,
        urgent=row.urgent,
        content=row.content,
        state=row.state,
        attempts=row.attempts,
        doubts=row.doubts,
        due_at=row.due_at,
        code=row.code,
    )


def queue(
    connection: Connection,
    contact_id: str,
    conversation_id: str | None,
    new: Sequence[NewDelivery],
    queued_seq: int | None = None,
) -> None:
    """Queue what is new, each place once; remember up to which entry that was done.

    Nothing is queued of a conversation that is deleted, nor up to an entry when another did that,
    or the contact goes on with another conversation now.
    """
    if conversation_id is not None:
        there = connection.execute(_CONVERSATION, {"conversation": conversation_id}).first()
        if there is None:
            return
    if queued_seq is not None:
        place = {"contact": contact_id, "conversation": conversation_id, "last": queued_seq}
        if connection.execute(_ADVANCE, place).rowcount == 0:
            return
    now = datetime.now(UTC)
    for one in new:
        row = {
            "opaque": new_id(),
            "contact_id": contact_id,
            "conversation_id": conversation_id,
            "seq": one.seq,
            "part": one.part,
            "message_id": one.message_id,
            "urgent": one.urgent,
            "content": dict(one.content),
            "state": "waiting",
            "due_at": now,
            "made_at": now,
        }
        connection.execute(_QUEUE[connection.dialect.name], row)


def queue_aside(
    connection: Connection,
    contact_id: str,
    name: str,
    content: Mapping[str, Any],
    of: str | None = None,
) -> bool:
    """Queue something beside the entries, once under a name; `of` is whose end it shares."""
    new = connection.execute(_ASIDE, {"contact": contact_id, "name": name}).first() is None
    if new:
        queue(connection, contact_id, of, [NewDelivery(content, message_id=name)])
    return new


def stop(connection: Connection, contact_id: str) -> None:
    """Know that a contact wants nothing more; an emergency and a farewell go out yet."""
    change(connection, contact_id, {"stopped_at": datetime.now(UTC), "reminded": False})
    connection.execute(_DROP, {"contact": contact_id})


def settle(
    connection: Connection,
    delivery: Delivery,
    values: Mapping[str, Any],
    attempts: int = 0,
    doubts: int = 0,
) -> bool:
    """Change a delivery that is still open and as we know it; False when it isn't any more.

    A lease is for whoever knows of all attempts so far: of two at once, one gets it.
    """
    still: Update = _LEASE if values["state"] == "sending" else _SETTLE
    more = {"more_attempts": attempts, "more_doubts": doubts}
    of = {"delivery": delivery.id, "known": delivery.attempts, "before": delivery.state}
    return connection.execute(still.values(dict(values)), of | more).rowcount > 0
