"""Deletes conversations; what belongs to them goes by the tables' own rules."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select

from bot.conversation.records import Forgotten
from bot.store.desk.figures_counting import count_last
from bot.store.states import lock
from bot.store.tables import conversations, turns

# So much goes in one transaction: a patient who writes meanwhile waits for its end on SQLite.
MOST_CONVERSATIONS = 200
MOST_MESSAGES = 2000

_OLDEST = (
    select(conversations.c.id, conversations.c.last_seq)
    .where(conversations.c.changed_at < bindparam("before"))
    .order_by(conversations.c.changed_at)
    .limit(MOST_CONVERSATIONS)
    .with_for_update()
)
_UNFINISHED = select(turns.c.id).where(
    turns.c.conversation_id.in_(bindparam("conversations", expanding=True)),
    turns.c.finished_at.is_(None),
)
_DELETE = delete(conversations).where(
    conversations.c.id.in_(bindparam("conversations", expanding=True))
)


def forget(connection: Connection, conversation_id: str) -> Forgotten:
    """Delete a conversation; UnknownConversation."""
    lock(connection, conversation_id)
    return _delete(connection, [conversation_id])


def forget_some(connection: Connection, before: datetime) -> Forgotten:
    """Delete the conversations changed longest before a moment, as many as may go at once."""
    some: list[str] = []
    spoken = 0
    for row in connection.execute(_OLDEST, {"before": before}).all():
        spoken += row.last_seq
        if some and spoken > MOST_MESSAGES:
            break
        some.append(row.id)
    return _delete(connection, some)


def _delete(connection: Connection, some: Sequence[str]) -> Forgotten:
    # What a clinic counts is counted before it is gone.
    count_last(connection, some)
    these = {"conversations": some}
    waiting = connection.execute(_UNFINISHED, these).scalars().all()
    connection.execute(_DELETE, these)
    return Forgotten(tuple(some), tuple(waiting))
