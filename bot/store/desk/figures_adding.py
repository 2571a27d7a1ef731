"""Adds to the figures: to those by subject and to those by day, which say the same."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.conversation.differing import Figure
from bot.store.desk.figures_tables import days, figures, subjects
from bot.store.desk.upserting import upsert

_SUBJECT = ("channel", "measure", "about")
_KNOWN = {
    "sqlite": sqlite.insert(subjects).on_conflict_do_nothing(index_elements=_SUBJECT),
    "postgresql": postgresql.insert(subjects).on_conflict_do_nothing(index_elements=_SUBJECT),
}
# More than what is wanted, which the index finds; a list of triples would be looked for one by one.
_IDS = select(subjects).where(
    *(subjects.c[name].in_(bindparam(f"{name}s", expanding=True)) for name in _SUBJECT)
)


def add(connection: Connection, changes: Mapping[Figure, int]) -> None:
    """Add numbers, less than 0 for what is taken back; both tables in an order that never differs,
    so that no two wait for each other."""
    if not changes:
        return
    ids = _subjects(connection, changes)
    by_subject = [
        {"subject_id": ids[figure.channel, figure.measure, figure.about], "day": figure.day}
        | {"number": number}
        for figure, number in changes.items()
    ]
    by_subject.sort(key=lambda row: (row["subject_id"], row["day"]))
    upsert(connection, figures, by_subject, lambda new: _more(figures.c.number, new))
    totals: Counter[tuple[Any, ...]] = Counter()
    for figure, number in changes.items():
        totals[figure[:3]] += number
    by_day = [
        {"day": day, "channel": channel, "measure": measure, "number": number}
        for (day, channel, measure), number in sorted(totals.items())
        if number
    ]
    upsert(connection, days, by_day, lambda new: _more(days.c.number, new))


def _more(number: Any, new: Any) -> dict[str, Any]:  # noqa: ANN401 - columns of any table
    return {"number": number + new["number"]}


def _subjects(
    connection: Connection, changes: Mapping[Figure, int]
) -> dict[tuple[str, str, str], int]:
    """Return the ids of what is counted, new ones for what never was."""
    wanted = sorted({(one.channel, one.measure, one.about) for one in changes})
    known = _ids(connection, wanted)
    missing = [
        dict(zip(_SUBJECT, subject, strict=True)) for subject in wanted if subject not in known
    ]
    if missing:
        connection.execute(_KNOWN[connection.dialect.name], missing)
        known = _ids(connection, wanted)
    return known


def _ids(
    connection: Connection, wanted: Sequence[tuple[str, str, str]]
) -> dict[tuple[str, str, str], int]:
    texts = {f"{name}s": sorted({one[at] for one in wanted}) for at, name in enumerate(_SUBJECT)}
    rows = connection.execute(_IDS, texts)
    return {(row.channel, row.measure, row.about): row.id for row in rows}
