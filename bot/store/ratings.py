"""Keeps what patients say of the assistant's messages."""

from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, exists, insert, select, update

from bot.conversation.errors import UnknownMessage
from bot.conversation.records import Feedback
from bot.store.states import lock
from bot.store.tables import feedback, messages

_WAS_SAID = select(
    exists().where(
        messages.c.conversation_id == bindparam("conversation"),
        messages.c.id == bindparam("message"),
        messages.c.author == "assistant",
    )
)
_FIRST = insert(feedback)
_AGAIN = (
    update(feedback)
    .where(
        feedback.c.conversation_id == bindparam("conversation"),
        feedback.c.message_id == bindparam("message"),
    )
    .values(helpful=bindparam("now_helpful"), reason=bindparam("why"), at=bindparam("now"))
)


def rate(connection: Connection, of: str, message_id: str, said: Feedback) -> None:
    """Keep feedback in place of any before it; UnknownConversation or UnknownMessage."""
    lock(connection, of)
    place, now = {"conversation": of, "message": message_id}, datetime.now(UTC)
    if not connection.execute(_WAS_SAID, place).scalar_one():
        raise UnknownMessage(message_id)
    newer = {"now_helpful": said.helpful, "why": said.reason, "now": now}
    if connection.execute(_AGAIN, place | newer).rowcount == 0:
        row = {"conversation_id": of, "message_id": message_id, "at": now}
        connection.execute(_FIRST, row | {"helpful": said.helpful, "reason": said.reason})
