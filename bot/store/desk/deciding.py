"""Decisions about questions: made once, taken back whole, and read for training."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    bindparam,
    create_engine,
    delete,
    func,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.conversation.errors import StoreUnavailable
from bot.store.database import Database
from bot.store.desk.auditing import record
from bot.store.desk.question_records import AlreadyDecided, Decided, Decision, Quoted
from bot.store.desk.question_tables import decisions, examples, questions
from bot.store.desk.records import AuditEntry

_THESE = (
    select(questions.c.id, questions.c.text, questions.c.key, questions.c.decision_id)
    .where(questions.c.id.in_(bindparam("questions", expanding=True)))
    .order_by(questions.c.id)
    .with_for_update()
)
_ONE = select(decisions).where(decisions.c.id == bindparam("decision"))
_ABOUT = (
    select(decisions)
    .join(questions, questions.c.decision_id == decisions.c.id)
    .where(questions.c.id == bindparam("question"))
)
_MARK = update(questions).where(
    questions.c.id.in_(bindparam("questions", expanding=True)),
    questions.c.decision_id.is_(None),
)
_asked = (
    select(func.count())
    .select_from(questions)
    .where(questions.c.decision_id == decisions.c.id)
    .scalar_subquery()
    .label("asked")
)
_NEWEST = (
    select(decisions, _asked)
    .order_by(decisions.c.at.desc(), decisions.c.id)
    .limit(bindparam("limit"))
    .offset(bindparam("skip"))
)
_TEXTS = (
    select(examples.c.decision_id, examples.c.text)
    .where(examples.c.decision_id.in_(bindparam("decisions", expanding=True)))
    .order_by(examples.c.id)
)
_ALL = (
    select(decisions, examples.c.text)
    .join(examples, examples.c.decision_id == decisions.c.id)
    .order_by(decisions.c.at, examples.c.id)
)


def decide(
    connection: Connection,
    decision: Decision,
    these: Sequence[int],
    entry: AuditEntry,
    *,
    erase: bool = False,
) -> int:
    """Keep a decision about open questions, with the audit; return for how many it holds.

    Each wording becomes one example, unless their words are to be erased for good. What was deleted
    meanwhile is left out; 0, and nothing is kept, when nothing is left. Raises AlreadyDecided when
    somebody decided one of them before.
    """
    rows = connection.execute(_THESE, {"questions": list(these)}).all()
    for row in rows:
        if row.decision_id is not None:
            before = connection.execute(_ONE, {"decision": row.decision_id}).one()
            raise AlreadyDecided(decision_of(before))
    if not rows:
        return 0
    kept = {name: getattr(decision, name) for name in Decision.__dataclass_fields__}
    kept["quotes"] = [asdict(quote) for quote in decision.quotes]
    connection.execute(insert(decisions).values(kept))
    marks: dict[str, Any] = {"decision_id": decision.id}
    if erase:
        # The row stays, so that the question isn't collected once more.
        marks |= {"text": "", "key": ""}
    else:
        _keep_examples(connection, decision, [(row.key, row.text) for row in rows])
    connection.execute(_MARK.values(marks), {"questions": [row.id for row in rows]})
    record(connection, entry)
    return len(rows)


def _keep_examples(
    connection: Connection, decision: Decision, worded: Sequence[tuple[str, str]]
) -> None:
    wordings = dict(reversed(worded))
    kept = [
        {"decision_id": decision.id, "text": text, "key": key}
        for key, text in reversed(wordings.items())
    ]
    connection.execute(insert(examples), kept)


def undo(connection: Connection, decision_id: str, entry: AuditEntry) -> bool:
    """Take a decision back with its examples; its questions are open again, as far as they exist.

    False when there is no such decision (any more).
    """
    gone = connection.execute(delete(decisions).where(decisions.c.id == decision_id)).rowcount
    if gone:
        record(connection, entry)
    return bool(gone)


async def newest_decisions(database: Database, skip: int, limit: int) -> list[Decided]:
    """Return decisions with their wordings, the newest first."""
    rows = await database.read(_NEWEST, skip=skip, limit=limit)
    texts: dict[str, list[str]] = {row.id: [] for row in rows}
    for row in await database.read(_TEXTS, decisions=list(texts)) if texts else ():
        texts[row.decision_id].append(row.text)
    return [Decided(decision_of(row), tuple(texts[row.id]), row.asked) for row in rows]


async def one_decision(database: Database, decision_id: str) -> Decision | None:
    """Return a decision, or None when there is none (any more)."""
    rows = await database.read(_ONE, decision=decision_id)
    return decision_of(rows[0]) if rows else None


async def decision_about(database: Database, question: int) -> Decision | None:
    """Return what was decided about a question, or None when it is open or gone."""
    rows = await database.read(_ABOUT, question=question)
    return decision_of(rows[0]) if rows else None


def all_decisions(url: str) -> list[Decided]:
    """Return every decision, the oldest first, without changing the database; StoreUnavailable.

    There are none in a database that isn't made yet, or that an older version made.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").is_file():
        return []
    engine = create_engine(parsed)
    try:
        with engine.connect() as connection:
            made = inspect(connection).has_table(decisions.name)
            rows = connection.execute(_ALL).all() if made else []
    except SQLAlchemyError as error:
        words = f"the decisions about questions can't be read ({type(error).__name__})"
        raise StoreUnavailable(words) from None
    finally:
        engine.dispose()
    found: dict[str, tuple[Decision, list[str]]] = {}
    for row in rows:
        found.setdefault(row.id, (decision_of(row), []))[1].append(row.text)
    return [Decided(decision, tuple(texts)) for decision, texts in found.values()]


def decision_of(row: Row[Any]) -> Decision:
    """Return the decision that a row stands for."""
    return Decision(
        id=row.id,
        kind=row.kind,
        target=row.target,
        quotes=tuple(Quoted(**quote) for quote in row.quotes),
        staff_id=row.staff_id,
        staff_name=row.staff_name,
        at=row.at,
    )
