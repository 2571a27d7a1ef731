"""What is asked of the database; each query is served by an index."""

from typing import Any

from sqlalchemy import Select, and_, func, select

from bot.store.tables import booking_clicks, conversations, messages, turns


def conversation(conversation_id: str) -> Select[Any]:
    """Select a conversation."""
    return select(conversations).where(conversations.c.id == conversation_id)


def next_turn(conversation_id: str) -> Select[Any]:
    """Select the oldest unfinished turn with what the assistant is to be asked."""
    said = and_(
        messages.c.conversation_id == turns.c.conversation_id, messages.c.seq == turns.c.seq
    )
    asked = func.coalesce(turns.c.asked, messages.c.text).label("text")
    return (
        select(
            turns.c.id,
            turns.c.restarts,
            conversations.c.holder,
            conversations.c.memory,
            asked,
        )
        .join(conversations, conversations.c.id == turns.c.conversation_id)
        .join(messages, said)
        .where(turns.c.conversation_id == conversation_id, turns.c.finished_at.is_(None))
        .order_by(turns.c.seq)
        .limit(1)
    )


def unfinished() -> Select[Any]:
    """Select the conversations that have unfinished turns, the longest waiting first."""
    return (
        select(turns.c.conversation_id)
        .where(turns.c.finished_at.is_(None))
        .group_by(turns.c.conversation_id)
        .order_by(func.min(turns.c.kept_at))
    )


def turn_end(turn_id: str) -> Select[Any]:
    """Select when a turn was finished."""
    return select(turns.c.finished_at).where(turns.c.id == turn_id)


def replies(turn_id: str) -> Select[Any]:
    """Select a turn's replies in order."""
    return (
        select(messages)
        .where(messages.c.turn_id == turn_id, messages.c.author != "patient")
        .order_by(messages.c.seq)
    )


def entries(conversation_id: str, after: int, limit: int | None) -> Select[Any]:
    """Select the entries behind a cursor in order."""
    return (
        select(messages)
        .where(messages.c.conversation_id == conversation_id, messages.c.seq > after)
        .order_by(messages.c.seq)
        .limit(limit)
    )


def clicks() -> Select[Any]:
    """Select how many booking clicks there were."""
    return select(func.count().label("clicks")).select_from(booking_clicks)
