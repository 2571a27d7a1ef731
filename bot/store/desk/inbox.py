"""What the front desk sees of all conversations at once; each list is served by a small index."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, func, or_, select, update

from bot.conversation.holding import Holding
from bot.conversation.references import NotAReference, ids_between
from bot.store.database import Database
from bot.store.rows import holding_of
from bot.store.tables import conversations, messages
from bot.store.whatsapp.tables import contacts

MOST = 100
PREVIEW = 160  # characters


@dataclass(frozen=True, slots=True)
class Listed:
    """A conversation in a list.

    `said` is the patient's last words, `by` the name WhatsApp gives them, `wrote_at` when they
    last wrote there; `unread` tells that nobody of staff has seen all that the patient wrote.
    """

    id: str
    channel: str
    holding: Holding
    changed_at: datetime
    said: str
    unread: bool
    by: str | None
    wrote_at: datetime | None


_last = messages.alias("last")
_LAST_SEQ = (
    select(func.max(_last.c.seq))
    .where(_last.c.conversation_id == conversations.c.id, _last.c.author == "patient")
    .correlate(conversations)
    .scalar_subquery()
)
_LISTED = (
    select(
        conversations,
        messages.c.seq.label("said_seq"),
        func.substr(messages.c.text, 1, PREVIEW).label("said"),
        contacts.c.name.label("by"),
        contacts.c.wrote_at,
    )
    .select_from(conversations)
    .outerjoin(
        messages,
        and_(messages.c.conversation_id == conversations.c.id, messages.c.seq == _LAST_SEQ),
    )
    .outerjoin(contacts, contacts.c.conversation_id == conversations.c.id)
)


def _first(query: Select[Any]) -> Select[Any]:
    """Return what a query finds, the rest joined to few rows only."""
    few = query.limit(bindparam("most"))
    return _LISTED.where(conversations.c.id.in_(few)).order_by(conversations.c.changed_at.desc())


_some = conversations.alias("some")
_id = select(_some.c.id)
# The first condition is that of the index. Of too many an emergency is never left out, and then
# not who has waited longest.
WANTED = _first(
    _id.where(or_(_some.c.holder != "bot", _some.c.urgent_at.is_not(None))).order_by(
        _some.c.urgent_at.is_(None), _some.c.held_since
    )
)
WITH_ASSISTANT = _first(
    _id.where(_some.c.holder == "bot", _some.c.closed_at.is_(None)).order_by(
        _some.c.changed_at.desc()
    )
)
CLOSED = _first(_id.where(_some.c.closed_at.is_not(None)).order_by(_some.c.closed_at.desc()))
_spoken = messages.alias("spoken")
FOUND = _first(
    _id.where(
        or_(
            _some.c.id.between(bindparam("first"), bindparam("last")),
            _some.c.id.in_(
                select(contacts.c.conversation_id).where(
                    or_(
                        contacts.c.name.ilike(bindparam("words"), escape="\\"),
                        contacts.c.phone.like(bindparam("digits"), escape="\\"),
                    )
                )
            ),
            _some.c.id.in_(
                select(_spoken.c.conversation_id)
                .where(
                    _spoken.c.author != "assistant",
                    _spoken.c.text.ilike(bindparam("words"), escape="\\"),
                )
                .order_by(_spoken.c.at.desc())
                .limit(bindparam("most"))
            ),
        )
    ).order_by(_some.c.changed_at.desc())
)

_READ = (
    update(conversations)
    .where(conversations.c.id == bindparam("of"), conversations.c.read_seq < bindparam("seq"))
    .values(read_seq=bindparam("seq"))
)


async def wanted(database: Database) -> list[Listed]:
    """Return what staff have to do with: urgent, waiting, or held by one of them."""
    return _listed(await database.read(WANTED, most=MOST))


async def with_assistant(database: Database) -> list[Listed]:
    """Return the conversations that the assistant answers, the latest first."""
    return _listed(await database.read(WITH_ASSISTANT, most=MOST))


async def closed(database: Database) -> list[Listed]:
    """Return the conversations that staff are done with, the latest first."""
    rows = _listed(await database.read(CLOSED, most=MOST))
    return sorted(rows, key=lambda one: one.holding.closed or one.changed_at, reverse=True)


async def found(database: Database, words: str) -> list[Listed]:
    """Return conversations by words in them, or by a patient's name, number or reference."""
    digits = "".join(sign for sign in words if sign.isdigit()).lstrip("0")
    try:
        first, last = ids_between(words)
    except NotAReference:
        first = last = ""
    rows = await database.read(
        FOUND,
        first=first,
        last=last,
        words=f"%{_plain(words)}%",
        # What is no part of a number mustn't find every number.
        digits=f"%{digits}%" if len(digits) > 4 else "none",
        most=MOST,
    )
    return _listed(rows)


async def mark_read(database: Database, conversation_id: str, seq: int) -> None:
    """Note that somebody of staff has seen a conversation up to an entry."""

    def work(connection: Connection) -> None:
        connection.execute(_READ, {"of": conversation_id, "seq": seq})

    await database.write(work)


def _plain(words: str) -> str:
    """Return words as they stand for themselves in a pattern."""
    return re.sub(r"([\\%_])", r"\\\1", words)


def _listed(rows: Sequence[Row[Any]]) -> list[Listed]:
    return [
        Listed(
            id=row.id,
            channel=row.channel,
            holding=holding_of(row),
            changed_at=row.changed_at,
            said=row.said or "",
            unread=(row.said_seq or 0) > row.read_seq,
            by=row.by,
            wrote_at=row.wrote_at,
        )
        for row in rows
    ]
