"""What changes a conversation itself: its beginning, its holder, a booking click."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from bot.conversation.errors import UnknownConversation
from bot.conversation.message import new_id
from bot.conversation.records import Holder
from bot.store.tables import booking_clicks, conversations

_LOCK = (
    select(conversations).where(conversations.c.id == bindparam("conversation")).with_for_update()
)


def lock(connection: Connection, conversation_id: str) -> Row[Any]:
    """Return the conversation's row, ours until the transaction ends; UnknownConversation.

    On SQLite the whole transaction is exclusive already; elsewhere this makes entries visible in
    the order of their `seq`.
    """
    row = connection.execute(_LOCK, {"conversation": conversation_id}).one_or_none()
    if row is None:
        raise UnknownConversation(conversation_id)
    return row


def start(connection: Connection, channel: str) -> str:
    """Begin a conversation and return its id."""
    conversation_id, now = new_id(), datetime.now(UTC)
    connection.execute(
        insert(conversations).values(
            id=conversation_id,
            channel=channel,
            holder="bot",
            last_seq=0,
            started_at=now,
            changed_at=now,
        )
    )
    return conversation_id


def hold(connection: Connection, of: str, holder: Holder) -> None:
    """Give a conversation to a holder; UnknownConversation."""
    lock(connection, of)
    changes = update(conversations).where(conversations.c.id == of)
    connection.execute(changes.values(holder=holder, changed_at=datetime.now(UTC)))


def click(connection: Connection, of: str, message_id: str) -> None:
    """Count a press of a message's booking button; UnknownConversation."""
    lock(connection, of)
    values = {"conversation_id": of, "message_id": message_id, "at": datetime.now(UTC)}
    connection.execute(insert(booking_clicks).values(values))
