"""Failed sign-ins: each try is counted before it is made, so that many at once gain nothing."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.desk.records import Rule, Taken
from bot.store.desk.tables import tries

# What nobody added to for two days is forgotten; the longest lock takes one.
KEPT = timedelta(days=2)
_ROW = select(tries).where(tries.c.key == bindparam("of")).with_for_update()
_CHANGE = update(tries).where(tries.c.key == bindparam("of"))
_FIRST = {
    "sqlite": sqlite.insert(tries).on_conflict_do_nothing(index_elements=["key"]),
    "postgresql": postgresql.insert(tries).on_conflict_do_nothing(index_elements=["key"]),
}


def take(connection: Connection, rules: Sequence[tuple[str, Rule]], now: datetime) -> Taken:
    """Count a try under every key, unless one of them is locked; it counts as failed for now."""
    connection.execute(delete(tries).where(tries.c.at < now - KEPT))
    rows = []
    # In one order always, so that two transactions can't wait for each other.
    for key, rule in sorted(rules, key=lambda pair: pair[0]):
        first = {"key": key, "failures": 0, "at": now}
        connection.execute(_FIRST[connection.dialect.name], first)
        rows.append((connection.execute(_ROW, {"of": key}).one(), rule))
    locks = [row.locked_until for row, _ in rows if row.locked_until and row.locked_until > now]
    if locks:
        return Taken(False, 0, max(locks))
    taken = [_count(connection, row.key, row.failures + 1, rule, now) for row, rule in rows]
    until = [one.locked_until for one in taken if one.locked_until]
    return Taken(True, min(one.left for one in taken), max(until, default=None))


def _count(connection: Connection, key: str, failures: int, rule: Rule, now: datetime) -> Taken:
    times, over = divmod(failures, rule.free)
    until = None
    if not over:
        # No further than the cap, however often it was doubled.
        minutes = min(rule.minutes * 2 ** min(times - 1, 20), rule.most_minutes)
        until = now + timedelta(minutes=minutes)
    values = {"failures": failures, "locked_until": until, "at": now}
    connection.execute(_CHANGE.values(values), {"of": key})
    return Taken(True, rule.free - over if over else 0, until)


def give_back(connection: Connection, keys: Sequence[str]) -> None:
    """Take back a try that was counted and did not fail, and the lock that it began."""
    for key in keys:
        values = {"failures": tries.c.failures - 1, "locked_until": None}
        counted = _CHANGE.where(tries.c.failures > 0)
        connection.execute(counted.values(values), {"of": key})


def clear(connection: Connection, key: str) -> None:
    """Forget the failures under a key."""
    connection.execute(delete(tries).where(tries.c.key == key))
