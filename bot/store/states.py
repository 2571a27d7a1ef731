"""What changes a conversation itself: its beginning."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.conversation.errors import UnknownConversation, UnknownTurn
from bot.conversation.message import new_id
from bot.store.tables import conversations, turns

# Two who start the same conversation at once both succeed, in the database's own words for it.
_START = {
    "sqlite": sqlite.insert(conversations).on_conflict_do_nothing(index_elements=["id"]),
    "postgresql": postgresql.insert(conversations).on_conflict_do_nothing(index_elements=["id"]),
}
_LOCK = (
    select(conversations).where(conversations.c.id == bindparam("conversation")).with_for_update()
)
_LOCK_OF_TURN = (
    select(conversations)
    .join(turns, turns.c.conversation_id == conversations.c.id)
    .where(turns.c.id == bindparam("turn"))
    .with_for_update(of=conversations)
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


def lock_of_turn(connection: Connection, turn_id: str) -> Row[Any]:
    """Return the row of a turn's conversation, as `lock` does; UnknownTurn."""
    row = connection.execute(_LOCK_OF_TURN, {"turn": turn_id}).one_or_none()
    if row is None:
        raise UnknownTurn(turn_id)
    return row


def start(connection: Connection, channel: str, conversation_id: str | None) -> str:
    """Begin a conversation and return its id; one that exists already stays as it is."""
    now = datetime.now(UTC)
    beginning = {
        "id": conversation_id or new_id(),
        "channel": channel,
        "holder": "bot",
        "last_seq": 0,
        "started_at": now,
        "changed_at": now,
        "held_since": now,
    }
    connection.execute(_START[connection.dialect.name], beginning)
    return str(beginning["id"])
