"""What patients asked since a moment, as the conversations have it."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Row, and_, bindparam, false, func, or_, select

from bot.store.database import Database
from bot.store.desk.question_records import Asked, Reply
from bot.store.tables import conversations, feedback, messages, turns

BEGINNING = datetime(1, 1, 1, tzinfo=UTC)
AT_ONCE = 400

type Place = tuple[datetime, str]

# What the assistant was asked in a turn: its first line, unless the turn says otherwise.
FIRST = messages.alias("first")
IS_FIRST = and_(FIRST.c.conversation_id == turns.c.conversation_id, FIRST.c.seq == turns.c.seq)
TEXT = func.coalesce(turns.c.asked, FIRST.c.text).label("text")
# Some turns behind a place in the order of their end, and those of them that were rated since.
_FINISHED = (
    select(turns.c.id, turns.c.finished_at.label("at"))
    .where(
        turns.c.finished_at >= bindparam("at"),
        or_(turns.c.finished_at > bindparam("at"), turns.c.id > bindparam("after")),
    )
    .order_by(turns.c.finished_at, turns.c.id)
    .limit(bindparam("limit"))
    .subquery("some")
)
_RATED = (
    select(messages.c.turn_id.label("id"), feedback.c.at)
    .join(
        messages,
        and_(
            messages.c.conversation_id == feedback.c.conversation_id,
            messages.c.id == feedback.c.message_id,
        ),
    )
    .where(
        feedback.c.at >= bindparam("at"),
        or_(feedback.c.at > bindparam("at"), messages.c.turn_id > bindparam("after")),
        feedback.c.helpful == false(),
        messages.c.turn_id.is_not(None),
    )
    .order_by(feedback.c.at, messages.c.turn_id)
    .limit(bindparam("limit"))
    .subquery("some")
)


def _whole(some: Any) -> Any:  # noqa: ANN401 - subqueries have no narrower type
    """Return the query for the turns of a subquery, a row for each reply."""
    rated = and_(
        feedback.c.conversation_id == messages.c.conversation_id,
        feedback.c.message_id == messages.c.id,
        feedback.c.helpful == false(),
    )
    by_assistant = and_(messages.c.turn_id == turns.c.id, messages.c.author == "assistant")
    return (
        select(
            some.c.id,
            some.c.at,
            conversations.c.id.label("conversation_id"),
            conversations.c.channel,
            TEXT,
            messages.c.kind,
            messages.c.intent,
            messages.c.confidence,
            messages.c.extras,
            feedback.c.message_id.is_not(None).label("unhelpful"),
        )
        .select_from(some)
        .join(turns, turns.c.id == some.c.id)
        .join(conversations, conversations.c.id == turns.c.conversation_id)
        .join(FIRST, IS_FIRST)
        .outerjoin(messages, by_assistant)
        .outerjoin(feedback, rated)
        .order_by(some.c.at, some.c.id, messages.c.seq)
    )


QUERIES = {"turns": _whole(_FINISHED), "ratings": _whole(_RATED)}


async def asked_since(
    database: Database, what: str, place: Place, limit: int = AT_ONCE
) -> Sequence[Asked]:
    """Return the next turns that were finished (`turns`) or marked unhelpful (`ratings`).

    They come in the order of that moment, then of their ids, those behind `place` only.
    """
    at, after = place
    rows = await database.read(QUERIES[what], at=at, after=after, limit=limit)
    return [_asked(list(some)) for _, some in groupby(rows, lambda row: row.id)]


def _asked(rows: Sequence[Row[Any]]) -> Asked:
    first = rows[0]
    return Asked(
        turn_id=first.id,
        conversation_id=first.conversation_id,
        channel=first.channel,
        text=first.text,
        at=first.at,
        replies=tuple(_replies(rows)),
    )


def _replies(rows: Iterable[Row[Any]]) -> Iterable[Reply]:
    for row in rows:
        if row.kind is not None:
            yield Reply(row.kind, row.intent, row.confidence, row.extras, bool(row.unhelpful))
