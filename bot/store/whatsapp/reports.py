"""What Graph reports of deliveries; one that arrived only ever goes forward."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, bindparam, or_, select, update

from bot.store.whatsapp.people import close_window
from bot.store.whatsapp.records import OPEN, Report
from bot.store.whatsapp.tables import deliveries

# How far a delivery is; whatever Graph says, it doesn't go back.
RANKS: Mapping[str, int] = {"accepted": 1, "sent": 2, "delivered": 3, "read": 4}
MOST_ATTEMPTS = 6  # after so many, what fails has failed

_NAMED = select(deliveries).where(
    or_(
        deliveries.c.opaque == bindparam("opaque"),
        deliveries.c.graph_id == bindparam("graph_id"),
    )
)
_SET = update(deliveries).where(deliveries.c.id == bindparam("delivery"))


def apply(
    connection: Connection, reports: Sequence[Report], now: datetime
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Bring deliveries forward.

    Return the contacts whose deliveries need to be looked at, and the codes of what has failed.
    """
    changed: dict[str, None] = {}
    failed: list[int] = []
    for report in reports:
        if report.state is None:
            continue
        names = {"opaque": report.opaque, "graph_id": report.graph_id}
        for row in connection.execute(_NAMED, names).all():
            if values := _changes(row, report, now):
                connection.execute(_SET.values(values), {"delivery": row.id})
                changed[row.contact_id] = None
                if values["state"] == "held":
                    # Graph knows better than our clock that the window was closed when we sent it.
                    close_window(connection, row.contact_id, row.due_at)
                if values["state"] == "failed":
                    failed.append(report.code or 0)
    return tuple(changed), tuple(failed)


def _changes(row: Row[tuple[object, ...]], report: Report, now: datetime) -> dict[str, object]:
    """Return what a report changes of a delivery, which may be nothing."""
    values: dict[str, object] = {"graph_id": report.graph_id, "code": report.code}
    state = report.state
    rank = RANKS.get(row.state, 0)
    if state is None:
        return {}
    # Whatever isn't on its way but has a name of Graph's has failed under that name.
    has_failed = rank == 0 and row.graph_id == report.graph_id
    if state in RANKS:
        late = has_failed and RANKS[state] < RANKS["delivered"]
        return values | {"state": state} if rank < RANKS[state] and not late else {}
    # Bad news: what has arrived can't fail any more, and what was told twice happened once. Nor
    # does it matter what became of one copy when another is on its way.
    another = rank > 0 and row.graph_id not in (None, report.graph_id)
    if has_failed or another or rank >= RANKS["delivered"]:
        return {}
    if row.state not in (*RANKS, "sending", "unsure"):
        return {}
    if state in OPEN and row.attempts >= MOST_ATTEMPTS:
        state = "failed"
    if state in OPEN:
        values["due_at"] = now + timedelta(seconds=report.pause)
    return values | {"state": state}
