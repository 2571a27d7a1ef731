"""Deletes conversations; what belongs to them goes by the tables' own rules."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, bindparam, case, delete, literal, select

from bot.conversation.records import Forgotten
from bot.store.columns import Utc
from bot.store.desk.figures_counting import count_last
from bot.store.erasures import mark
from bot.store.states import lock
from bot.store.tables import conversations, turns

# So much goes in one transaction: a patient who writes meanwhile waits for its end on SQLite.
MOST_CONVERSATIONS = 200
MOST_MESSAGES = 2000

_OLDEST = (
    select(conversations.c.id, conversations.c.last_seq)
    .where(conversations.c.changed_at < bindparam("newest"))
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
    """Delete a conversation, also for whoever restores a backup; UnknownConversation."""
    lock(connection, conversation_id)
    mark(connection, [conversation_id])
    return delete_these(connection, [conversation_id])


def forget_some(
    connection: Connection, before: datetime, by_channel: Mapping[str, datetime]
) -> Forgotten:
    """Delete the conversations changed longest before a moment, as many as may go at once.

    `by_channel` has the moment of each channel that has its own.
    """
    some: list[str] = []
    spoken = 0
    # The newest moment of all is what the index serves.
    newest = {"newest": max((before, *by_channel.values()))}
    oldest = _OLDEST.where(_is_over(before, by_channel)) if by_channel else _OLDEST
    for row in connection.execute(oldest, newest).all():
        spoken += row.last_seq
        if some and spoken > MOST_MESSAGES:
            break
        some.append(row.id)
    return delete_these(connection, some)


def _is_over(before: datetime, by_channel: Mapping[str, datetime]) -> ColumnElement[bool]:
    own = {channel: literal(moment, Utc) for channel, moment in by_channel.items()}
    moment = case(own, value=conversations.c.channel, else_=literal(before, Utc))
    return conversations.c.changed_at < moment


def delete_these(connection: Connection, some: Sequence[str]) -> Forgotten:
    """Delete conversations with all that belongs to them; tell which turns nobody will finish."""
    # What a clinic counts is counted before it is gone.
    count_last(connection, some)
    these = {"conversations": some}
    waiting = connection.execute(_UNFINISHED, these).scalars().all()
    connection.execute(_DELETE, these)
    return Forgotten(tuple(some), tuple(waiting))
