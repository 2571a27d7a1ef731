"""What is asked of the database; each query is made once, and served by an index."""

from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select, true

from bot.store.tables import booking_clicks, conversations, feedback, messages, turns

CONVERSATION = select(conversations).where(conversations.c.id == bindparam("conversation"))

# The oldest unfinished turns with what the assistant is to be asked: one to answer, and whether
# another waits behind it.
_SAID = and_(messages.c.conversation_id == turns.c.conversation_id, messages.c.seq == turns.c.seq)
NEXT_TURNS = (
    select(
        turns.c.id,
        turns.c.restarts,
        conversations.c.holder,
        conversations.c.memory,
        turns.c.note,
        func.coalesce(turns.c.asked, messages.c.text).label("text"),
    )
    .join(conversations, conversations.c.id == turns.c.conversation_id)
    .join(messages, _SAID)
    .where(turns.c.conversation_id == bindparam("conversation"), turns.c.finished_at.is_(None))
    .order_by(turns.c.seq)
    .limit(2)
)

# The conversations that have unfinished turns, the longest waiting first.
UNFINISHED = (
    select(turns.c.conversation_id)
    .where(turns.c.finished_at.is_(None))
    .group_by(turns.c.conversation_id)
    .order_by(func.min(turns.c.kept_at))
)

# When a turn was finished, beside each of its replies in order; one row without a reply.
_REPLY = and_(messages.c.turn_id == turns.c.id, messages.c.author != "patient")
_RATED = and_(
    feedback.c.conversation_id == messages.c.conversation_id,
    feedback.c.message_id == messages.c.id,
)
REPLIES = (
    select(turns.c.finished_at, messages, feedback.c.helpful, feedback.c.reason)
    .join_from(turns, messages, _REPLY, isouter=True)
    .outerjoin(feedback, _RATED)
    .where(turns.c.id == bindparam("turn"))
    .order_by(messages.c.seq)
)


def _entries(newest: bool) -> Select[Any]:
    """Return the query for at most `limit` entries between two cursors, who holds it beside each.

    They come in order: the newest of them or the oldest. There is one row without an entry when
    there is none, and no row when there is no such conversation.
    """
    seq = messages.c.seq
    # Cut off before anything is joined, so that only what is shown is read.
    some = (
        select(messages)
        .where(
            messages.c.conversation_id == bindparam("conversation"),
            seq > bindparam("after"),
            seq < bindparam("before"),
        )
        .order_by(seq.desc() if newest else seq)
        .limit(bindparam("limit"))
        .subquery("page")
    )
    rated = and_(
        feedback.c.conversation_id == some.c.conversation_id,
        feedback.c.message_id == some.c.id,
    )
    return (
        select(
            conversations.c.holder,
            conversations.c.staff_name,
            some,
            feedback.c.helpful,
            feedback.c.reason,
        )
        .join_from(conversations, some, true(), isouter=True)
        .outerjoin(feedback, rated)
        .where(conversations.c.id == bindparam("conversation"))
        .order_by(some.c.seq)
    )


FIRST_ENTRIES = _entries(newest=False)
LAST_ENTRIES = _entries(newest=True)

CLICKS = select(func.count().label("clicks")).select_from(booking_clicks)
FEEDBACK = select(feedback.c.helpful, func.count().label("messages")).group_by(feedback.c.helpful)
