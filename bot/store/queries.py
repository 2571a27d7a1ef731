"""What is asked of the database; each query is made once, and served by an index."""

from sqlalchemy import and_, bindparam, func, select

from bot.store.tables import booking_clicks, conversations, messages, turns

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
REPLIES = (
    select(turns.c.finished_at, messages)
    .join_from(turns, messages, _REPLY, isouter=True)
    .where(turns.c.id == bindparam("turn"))
    .order_by(messages.c.seq)
)

# The entries behind a cursor in order.
ENTRIES = (
    select(messages)
    .where(
        messages.c.conversation_id == bindparam("conversation"),
        messages.c.seq > bindparam("after"),
    )
    .order_by(messages.c.seq)
)
SOME_ENTRIES = ENTRIES.limit(bindparam("limit"))

CLICKS = select(func.count().label("clicks")).select_from(booking_clicks)
