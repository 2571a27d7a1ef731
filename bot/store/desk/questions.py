"""Open questions: kept as they come, read for the page, and how far they were collected."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.database import Database
from bot.store.desk.asked import BEGINNING, FIRST, IS_FIRST, TEXT
from bot.store.desk.question_records import Asked, Counts, Question
from bot.store.desk.question_tables import cursors, decisions, examples, questions
from bot.store.tables import turns

MOST_OPEN = 5000  # that the page groups at once: the newest
COLUMNS = ("text", "key", "why", "intent", "confidence", "language", "channel", "day")

# Words that were erased don't come back, whatever becomes of the decision.
_IS_OPEN = and_(questions.c.decision_id.is_(None), questions.c.text != "")
_OPEN = select(questions).where(_IS_OPEN).order_by(questions.c.id.desc()).limit(MOST_OPEN)
_COUNTS = select(
    select(func.count())
    .select_from(questions)
    .where(_IS_OPEN)
    .scalar_subquery()
    .label("questions"),
    select(func.count()).select_from(decisions).scalar_subquery().label("decisions"),
)
_UNGUESSED = (
    select(questions)
    .where(_IS_OPEN, questions.c.guesses.is_(None))
    .order_by(questions.c.id.desc())
    .limit(bindparam("limit"))
)
_GUESSED = update(questions).where(questions.c.id == bindparam("question"))
_CURSOR = select(cursors.c.at).where(cursors.c.name == bindparam("what"))
_MOVE = update(cursors).where(cursors.c.name == bindparam("what"))
_AS_THEY_ARE = (
    select(turns.c.id, TEXT)
    .select_from(turns)
    .join(FIRST, IS_FIRST)
    .where(turns.c.id.in_(bindparam("turns", expanding=True)))
)
# The newest decision of the same words.
_KNOWN = (
    select(examples.c.key, examples.c.decision_id)
    .join(decisions, decisions.c.id == examples.c.decision_id)
    .where(examples.c.key.in_(bindparam("keys", expanding=True)))
    .order_by(decisions.c.at)
)
_UNHELPFUL = (
    update(questions)
    .where(questions.c.turn_id == bindparam("turn"), questions.c.decision_id.is_(None))
    .values(why="unhelpful")
)
_TAKE_BACK = delete(questions).where(
    questions.c.turn_id == bindparam("turn"), questions.c.decision_id.is_(None)
)
_KEEP = {
    "sqlite": sqlite.insert(questions).on_conflict_do_nothing(index_elements=["turn_id"]),
    "postgresql": postgresql.insert(questions).on_conflict_do_nothing(index_elements=["turn_id"]),
}


async def open_questions(database: Database) -> list[Question]:
    """Return the newest open questions, the oldest of them first; MOST_OPEN at most."""
    return [question_of(row) for row in reversed(await database.read(_OPEN))]


async def unguessed(database: Database, limit: int) -> list[Question]:
    """Return open questions of which nobody asked yet what they may mean, the newest first."""
    return [question_of(row) for row in await database.read(_UNGUESSED, limit=limit)]


async def counts(database: Database) -> Counts:
    """Return how many questions are open, and how many decisions there are."""
    [row] = await database.read(_COUNTS)
    return Counts(row.questions, row.decisions)


async def collected_until(database: Database, what: str) -> datetime:
    """Return the moment up to which turns or ratings were gone through."""
    rows = await database.read(_CURSOR, what=what)
    return rows[0].at if rows else BEGINNING


def keep(
    connection: Connection,
    what: str,
    found: Sequence[tuple[Asked, Question]],
    until: datetime,
) -> int:
    """Keep questions and how far was read; return how many are open and new.

    What was deleted or taken back meanwhile is left out, a turn gives one question however often it
    is read, and words that somebody decided before are known: they go to that decision at once.
    """
    still = _texts(connection, [asked.turn_id for asked, _ in found])
    same = [(asked, one) for asked, one in found if still.get(asked.turn_id) == asked.text]
    known = _known(connection, [one.key for _, one in same])
    new = 0
    for asked, one in same:
        row = {name: getattr(one, name) for name in COLUMNS} | {
            "turn_id": asked.turn_id,
            "conversation_id": asked.conversation_id,
            "decision_id": known.get(one.key),
        }
        kept = connection.execute(_KEEP[connection.dialect.name], row).rowcount
        new += kept if one.key not in known else 0
        if not kept and one.why == "unhelpful":
            connection.execute(_UNHELPFUL, {"turn": asked.turn_id})
    if not connection.execute(_MOVE.values(at=until), {"what": what}).rowcount:
        connection.execute(insert(cursors).values(name=what, at=until))
    return new


def keep_guesses(
    connection: Connection, guessed: Mapping[int, Sequence[tuple[str, float]]]
) -> None:
    """Keep what questions may mean: intents with their confidence, the likeliest first."""
    for question, guesses in guessed.items():
        values = {"guesses": [list(guess) for guess in guesses]}
        connection.execute(_GUESSED.values(values), {"question": question})


def take_back(connection: Connection, turn_id: str) -> None:
    """Delete the open question of a turn whose words the patient took back."""
    connection.execute(_TAKE_BACK, {"turn": turn_id})


def question_of(row: Row[Any]) -> Question:
    """Return the question that a row stands for."""
    guesses = None
    if row.guesses is not None:
        guesses = tuple((str(intent), float(chance)) for intent, chance in row.guesses)
    return Question(id=row.id, guesses=guesses, **{name: getattr(row, name) for name in COLUMNS})


def _texts(connection: Connection, turn_ids: Sequence[str]) -> dict[str, str]:
    """Return what is asked in turns as they are now."""
    if not turn_ids:
        return {}
    rows = connection.execute(_AS_THEY_ARE, {"turns": turn_ids})
    return {row.id: row.text for row in rows}


def _known(connection: Connection, keys: Sequence[str]) -> dict[str, str]:
    if not keys:
        return {}
    found = connection.execute(_KNOWN, {"keys": list(dict.fromkeys(keys))})
    return {row.key: row.decision_id for row in found}
