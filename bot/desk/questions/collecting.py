"""Collects what patients asked and didn't get a good answer to, without what tells who they are."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from bot.conversation.errors import AssistantUnavailable
from bot.conversation.payload import COMMANDS, read_ask
from bot.desk.questions.likeness import key_of
from bot.desk.questions.personal import remove_personal, without_places
from bot.knowledge import Texts
from bot.knowledge.language import has_words, is_english
from bot.store.database import Database
from bot.store.desk import asked, questions
from bot.store.desk.question_records import Asked, Question, Reply, Why

log = logging.getLogger(__name__)

UNSURE_BELOW = 0.8  # confidence of an answer
# What is heard in a conversation and is a question there; notices, forms and red flags are not.
REPLIES = ("answer", "clarify", "decline", "smalltalk")
NOT_UNDERSTOOD = ("unknown", "again", "unsure", "other_language", "no_words")
OWN_CHANNELS = ("terminal", "desk")  # where nobody is a patient
# What another transaction ended just before may be seen only just after.
OVERLAP = timedelta(minutes=5)
MOST_GUESSES, LEAST_CHANCE = 5, 0.03

Understand = Callable[[str], Awaitable[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Collector:
    """Goes through what was said since it last did.

    `country` says how telephone numbers are written, `skip` are texts of ours that stand where a
    patient took words back.
    """

    database: Database
    country: str
    zone: ZoneInfo
    skip: Collection[str] = ()
    chunk: int = asked.AT_ONCE
    _alone: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def collect(self, most_chunks: int | None = None) -> int:
        """Keep the questions of turns and ratings that are new, and return how many there are.

        It stops after so many chunks, if that is given, and goes on there the next time. Raises
        StoreUnavailable or Closed.
        """
        async with self._alone:
            found = [await self._collect(what, most_chunks) for what in asked.QUERIES]
        return sum(found)

    async def _collect(self, what: str, most_chunks: int | None) -> int:
        until = await questions.collected_until(self.database, what)
        at = until - OVERLAP if until > asked.BEGINNING else until
        place, new, chunks = (at, ""), 0, 0
        while most_chunks is None or chunks < most_chunks:
            some = await asked.asked_since(self.database, what, place, self.chunk)
            if not some:
                break
            # Not on the loop on which patients are answered.
            found = await asyncio.to_thread(self._questions, some)
            until = max(until, some[-1].at)
            keep = partial(questions.keep, what=what, found=found, until=until)
            new += await self.database.write(keep)
            place, chunks = (some[-1].at, some[-1].turn_id), chunks + 1
            if len(some) < self.chunk:
                break
        return new

    def _questions(self, some: Sequence[Asked]) -> list[tuple[Asked, Question]]:
        read = ((one, self._question(one)) for one in some)
        return [(one, question) for one, question in read if question is not None]

    def _question(self, one: Asked) -> Question | None:
        reply, why = _reason(one.replies)
        if reply is None or why is None or one.channel in OWN_CHANNELS or one.text in self.skip:
            return None
        lines = (line for line in one.text.split("\n") if not _is_tap(line))
        text = remove_personal("\n".join(lines), self.country)
        if not has_words(without_places(text)):
            return None
        return Question(
            id=0,
            text=text,
            key=key_of(text) or text[:300],
            why=why,
            intent=_intent(reply),
            confidence=reply.confidence,
            language="en" if is_english(text) else "other",
            channel=one.channel,
            day=one.at.astimezone(self.zone).date(),
        )


def taken_back_texts(texts: Texts) -> tuple[str, ...]:
    """Return what stands in a transcript where a patient took words back."""
    names = ("whatsapp.shown_was_edited", "whatsapp.shown_taken_back")
    return tuple(found.text for name in names if (found := texts.get(name)) is not None)


async def guess(database: Database, understand: Understand, limit: int = 20) -> int:
    """Ask the assistant what open questions may mean, and keep that; return for how many.

    It stops, to go on later, when the assistant can't be asked. Raises StoreUnavailable.
    """
    guessed: dict[int, list[tuple[str, float]]] = {}
    for one in await questions.unguessed(database, limit):
        try:
            guessed[one.id] = _ranking(await understand(one.text))
        except AssistantUnavailable:
            break
    if guessed:
        await database.write(partial(questions.keep_guesses, guessed=guessed))
    return len(guessed)


def _ranking(reading: Mapping[str, Any]) -> list[tuple[str, float]]:
    ranking = (reading.get("understanding") or {}).get("ranking") or ()
    read = ((str(one["intent"]), round(float(one["confidence"]), 3)) for one in ranking)
    likely = ((intent, chance) for intent, chance in read if chance >= LEAST_CHANCE)
    return [one for one in likely if one[0].startswith(("answer/", "decline/"))][:MOST_GUESSES]


def _reason(replies: Sequence[Reply]) -> tuple[Reply | None, Why | None]:
    """Return the reply that shows that a question wasn't answered well, and the reason."""
    if any(reply.kind == "urgent" for reply in replies):
        return None, None
    heard = [reply for reply in replies if reply.kind in REPLIES]
    for reply in heard:
        if reply.unhelpful:
            return reply, "unhelpful"
    for reply in heard:
        if reply.kind == "decline":
            return reply, "declined"
    for reply in heard:
        unsure = reply.confidence is not None and reply.confidence < UNSURE_BELOW
        if reply.kind == "clarify" or (reply.kind == "answer" and unsure):
            return reply, "unsure"
    return None, None


def _intent(reply: Reply) -> str | None:
    """Return what a reply answered, as the engine names it; None when it wasn't understood."""
    if reply.intent is None or reply.intent in NOT_UNDERSTOOD or reply.kind == "clarify":
        return None
    return f"{reply.kind}/{reply.intent}"


def _is_tap(line: str) -> bool:
    return read_ask(line) is not None or line in COMMANDS
