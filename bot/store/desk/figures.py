"""The clinic's figures in the database: counted now and then, and read for the reports."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, bindparam, func, or_, select

from bot.store.database import Database
from bot.store.desk.figures_bookings import BOOKED_SINCE
from bot.store.desk.figures_counting import STATE, counted_as, settle
from bot.store.desk.figures_tables import counted, days, figures, state, subjects
from bot.store.desk.figures_transcripts import Read, transcripts
from bot.store.desk.upserting import upsert
from bot.store.tables import booking_clicks, conversations, feedback

# So much is counted in one transaction: a patient who writes meanwhile waits for its end on SQLite.
MOST_CONVERSATIONS, MOST_MESSAGES = 50, 500
PAUSE_SECONDS = 0.02
# What was written a moment before the last time may have become visible after it.
SLACK = timedelta(minutes=10)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_CHANGED = (
    select(conversations.c.id, conversations.c.last_seq)
    .outerjoin(counted, counted.c.conversation_id == conversations.c.id)
    .where(
        conversations.c.changed_at >= bindparam("since"),
        conversations.c.last_seq > 0,
        or_(counted.c.seq.is_(None), counted.c.seq != conversations.c.last_seq),
    )
    .order_by(conversations.c.changed_at)
)
_OTHERS = (
    select(conversations.c.id, conversations.c.last_seq)
    .join(feedback, feedback.c.conversation_id == conversations.c.id)
    .where(feedback.c.at >= bindparam("since")),
    select(conversations.c.id, conversations.c.last_seq)
    .join(booking_clicks, booking_clicks.c.conversation_id == conversations.c.id)
    .where(booking_clicks.c.at >= bindparam("since")),
)
_DUE = (
    select(conversations.c.id, conversations.c.last_seq)
    .join(counted, counted.c.conversation_id == conversations.c.id)
    .where(counted.c.due_at <= bindparam("now"))
)
_NUMBER = (
    select(func.sum(figures.c.number))
    .where(
        figures.c.subject_id == subjects.c.id,
        figures.c.day >= bindparam("first"),
        figures.c.day <= bindparam("last"),
    )
    .scalar_subquery()
)
# One look into the figures for each subject: it reads its own days, and nothing is sorted.
_TOTALS = select(
    subjects.c.channel, subjects.c.measure, subjects.c.about, _NUMBER.label("number")
).order_by(subjects.c.id)
_DAYS = (
    select(days)
    .where(days.c.day >= bindparam("first"), days.c.day <= bindparam("last"), days.c.number > 0)
    .order_by(days.c.day, days.c.channel, days.c.measure)
)
_FIRST = select(func.min(days.c.day).label("day"))


@dataclass(frozen=True, slots=True)
class Standing:
    """Since which day there are figures, and up to when everything is in them."""

    first: date | None
    counted_to: datetime | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Daily counts; every method may raise StoreUnavailable or Closed."""

    database: Database

    async def count(
        self, zone: ZoneInfo, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> int:
        """Count what is new in conversations; return how many had anything to be counted.

        It is done in many small transactions, and may be cut off between any two. `zone` tells
        days, also for what is deleted from now on.
        """
        began = now()
        rows = await self.database.read(STATE)
        to = rows[0].counted_to if rows else None
        if not rows or rows[0].zone != zone.key:
            await self.database.write(partial(_note, zone=zone.key, to=to))
        since = EPOCH if to is None else min(to, began) - SLACK
        number = 0
        for some in _batches(await self._with_news(since, began)):
            read = await self._transcripts(some)
            tallies = await asyncio.to_thread(counted_as, read, zone, began)
            await self.database.write(partial(settle, tallies=tallies))
            number += len(tallies)
            # Patients come in between, however much there is to count.
            await asyncio.sleep(PAUSE_SECONDS)
        await self.database.write(partial(_note, zone=zone.key, to=began))
        return number

    async def totals(self, first: date, last: date) -> Sequence[Row[Any]]:
        """Return the numbers of a period by channel, measure, and what they are about."""
        rows = await self.database.read(_TOTALS, first=first, last=last)
        return [row for row in rows if row.number]

    async def days(self, first: date, last: date) -> Sequence[Row[Any]]:
        """Return the numbers of a period by day, channel and measure."""
        return await self.database.read(_DAYS, first=first, last=last)

    async def standing(self) -> Standing:
        """Return since when there are figures, and up to when they are complete."""
        [first] = await self.database.read(_FIRST)
        rows = await self.database.read(STATE)
        return Standing(first.day, rows[0].counted_to if rows else None)

    async def _with_news(self, since: datetime, now: datetime) -> dict[str, int]:
        """Return the conversations to be counted again, each with its length."""
        queries = (_CHANGED, *_OTHERS, BOOKED_SINCE)
        found = [await self.database.read(query, since=since) for query in queries]
        found.append(await self.database.read(_DUE, now=now))
        return {row.id: row.last_seq for row in chain.from_iterable(found)}

    async def _transcripts(self, some: Sequence[str]) -> dict[str, Read]:
        return await self.database.examine(partial(transcripts, conversations=some))


def _batches(found: dict[str, int]) -> Iterator[list[str]]:
    some: list[str] = []
    spoken = 0
    for of, length in found.items():
        if some and (len(some) == MOST_CONVERSATIONS or spoken + length > MOST_MESSAGES):
            yield some
            some, spoken = [], 0
        some.append(of)
        spoken += length
    if some:
        yield some


def _note(connection: Connection, zone: str, to: datetime | None) -> None:
    row = {"id": 1, "zone": zone, "counted_to": to}
    kept = ("zone", "counted_to")
    upsert(connection, state, [row], lambda new: {name: new[name] for name in kept})
