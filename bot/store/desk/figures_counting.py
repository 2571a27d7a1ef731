"""Brings the figures up to date with conversations, exactly once whatever is cut off on the way.

What of a conversation is in the figures is kept beside it, and only the difference is added, in one
transaction with it. So counting twice, or again after a crash, changes nothing.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, Connection, bindparam, select
from sqlalchemy.exc import DBAPIError

from bot.conversation.differing import (
    Figure,
    Part,
    differences,
    part_from_json,
    part_to_json,
    renewed,
)
from bot.conversation.mishap import mishap
from bot.conversation.tallying import Tally, tally
from bot.store.desk.figures_adding import add
from bot.store.desk.figures_tables import counted, state
from bot.store.desk.figures_transcripts import Read, transcripts
from bot.store.desk.upserting import upsert
from bot.store.tables import conversations

log = logging.getLogger(__name__)

_THESE: BindParameter[Any] = bindparam("conversations", expanding=True)
_CHANNELS = (
    select(conversations.c.id, conversations.c.channel)
    .where(conversations.c.id.in_(_THESE))
    .order_by(conversations.c.id)
    .with_for_update()
)
_BEFORE = select(counted.c.conversation_id, counted.c.part).where(
    counted.c.conversation_id.in_(_THESE)
)
STATE = select(state.c.zone, state.c.counted_to).where(state.c.id == 1)

# A conversation's last entry that is counted, and its part.
Counted = Mapping[str, tuple[int, Tally]]


def counted_as(read: Mapping[str, Read], zone: tzinfo, now: datetime) -> Counted:
    """Return the tallies of transcripts as of a moment."""
    return {of: (one.seq, tally(one.transcript, zone, now)) for of, one in read.items()}


def settle(connection: Connection, tallies: Counted) -> None:
    """Add to the figures what these conversations have more than was counted of them."""
    parts = _change(connection, tallies)
    rows = [
        {
            "conversation_id": of,
            "seq": tallies[of][0],
            "due_at": tallies[of][1].due,
            "part": part_to_json(part),
        }
        for of, part in parts.items()
    ]
    kept = ("seq", "due_at", "part")
    upsert(connection, counted, rows, lambda new: {name: new[name] for name in kept})


def count_last(connection: Connection, these: Sequence[str]) -> None:
    """Count conversations that are about to be deleted, in the transaction that deletes them.

    A fault of ours here is logged and stops no deletion: that was promised to patients.
    """
    if not these:
        return
    row = connection.execute(STATE).one_or_none()
    zone = UTC if row is None else ZoneInfo(row.zone)
    try:
        with connection.begin_nested():
            read = transcripts(connection, these)
            _change(connection, counted_as(read, zone, datetime.now(UTC)))
    except DBAPIError:
        raise
    except Exception as error:
        log.error("conversations are deleted without being counted: %s", mishap(error))


def _change(connection: Connection, tallies: Counted) -> dict[str, Part]:
    """Add the differences to the figures; return the new part of each conversation there is."""
    if not tallies:
        return {}
    these = {"conversations": sorted(tallies)}
    channels = {row.id: row.channel for row in connection.execute(_CHANNELS, these)}
    before = {
        row.conversation_id: part_from_json(row.part) for row in connection.execute(_BEFORE, these)
    }
    parts: dict[str, Part] = {}
    changes: dict[Figure, int] = {}
    for of, channel in channels.items():
        old = before.get(of, Part())
        parts[of] = renewed(old, tallies[of][1].counts, channel)
        for figure, number in differences(old, parts[of]).items():
            changes[figure] = changes.get(figure, 0) + number
    add(connection, changes)
    return parts
