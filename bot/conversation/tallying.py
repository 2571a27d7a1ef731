"""Counts one conversation: from what was said, rated and pressed in it to its part of the figures.

The outcome depends on the transcript and the moment alone, so that it may be counted again whenever
there is something new, and only the difference is added.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from itertools import groupby
from typing import NamedTuple

from bot.conversation.measures import OUTCOMES, QUIET, MeasureName, bucket_of
from bot.conversation.visits import Spoken, Transcript, Visit, visits_of


class Count(NamedTuple):
    """What a number belongs to; `about` is an intent, a place, a group of times, or nothing."""

    day: date
    about: str
    measure: MeasureName


@dataclass(frozen=True, slots=True)
class Tally:
    """A conversation's part of the figures, and when it changes by time alone (None: never)."""

    counts: Counter[Count]
    due: datetime | None


def tally(transcript: Transcript, zone: tzinfo, now: datetime) -> Tally:
    """Return a conversation's part of the figures as of a moment, days as that zone has them."""
    visits = visits_of(transcript)
    intents = {one.id: one.intent or "" for one in transcript.spoken}
    found: list[tuple[datetime, str, MeasureName]] = []
    due: list[datetime] = []
    for number, visit in enumerate(visits, start=1):
        found.append((visit.began, "", "conversation"))
        found += _replies(visit)
        found += _marks(visit, intents, zone)
        is_over = number < len(visits) or now >= visit.wrote + QUIET
        if is_over:
            found += _end(visit)
        else:
            due.append(visit.wrote + QUIET)
    found += _responses(transcript.spoken, now, due)
    days = (Count(at.astimezone(zone).date(), about, measure) for at, about, measure in found)
    return Tally(Counter(days), min(due, default=None))


def _replies(visit: Visit) -> Iterator[tuple[datetime, str, MeasureName]]:
    """Yield what became of each thing that was asked, and each handover."""
    said = (one for one in visit.spoken if one.author == "assistant")
    for _, turn in groupby(said, lambda one: one.turn or one.id):
        replies = list(turn)
        kinds = dict.fromkeys((one.kind, one.intent or "") for one in replies)
        for kind, intent in kinds:
            if kind in OUTCOMES:
                yield replies[0].at, intent, OUTCOMES[kind]
        if any(kind == "handoff" for kind, _ in kinds):
            yield replies[0].at, "", "handed_over"


def _marks(
    visit: Visit, intents: dict[str, str], zone: tzinfo
) -> Iterator[tuple[datetime, str, MeasureName]]:
    """Yield what the patient did about replies: marks, presses and bookings."""
    for mark in visit.rated:
        measure: MeasureName = "helpful" if mark.helpful else "not_helpful"
        yield mark.at, intents.get(mark.message, ""), measure
    days = {(one.message, one.at.astimezone(zone).date()): one for one in visit.pressed}
    for press in days.values():
        yield press.at, intents.get(press.message, ""), "pressed"
    for booking in visit.booked:
        yield booking.at, intents.get(booking.message or "", ""), "booked"
    helped = [one.at for one in visit.rated if one.helpful] + [one.at for one in visit.booked]
    if helped:
        yield min(helped), "", "helped"


def _end(visit: Visit) -> Iterator[tuple[datetime, str, MeasureName]]:
    """Yield how a visit that is over ended, unless it ended well, in urgency or with staff."""
    telling = [
        one
        for one in visit.spoken
        if one.author == "staff" or one.kind in OUTCOMES or one.kind == "handoff"
    ]
    if not telling or visit.pressed or visit.booked or any(one.helpful for one in visit.rated):
        return
    last = telling[-1]
    if last.author == "staff":
        return
    if last.kind == "answer" and not visit.rated:
        yield last.at, "", "silence"
    elif last.kind in ("decline", "clarify", "handoff"):
        yield last.at, f"{last.kind}/{last.intent or ''}", "given_up"


def _responses(
    spoken: Sequence[Spoken], now: datetime, due: list[datetime]
) -> Iterator[tuple[datetime, str, MeasureName]]:
    """Yield how long each handover waited for staff; a wait that isn't over adds when it is due."""
    since: datetime | None = None
    for one in spoken:
        if one.author == "staff" and since is not None:
            yield since, bucket_of(one.at - since), "responded"
            since = None
        elif one.kind == "handoff":
            if since is not None and one.at - since >= QUIET:
                yield since, "", "unanswered"
                since = None
            since = since or one.at
    if since is None:
        return
    if now >= since + QUIET:
        yield since, "", "unanswered"
    else:
        due.append(since + QUIET)
