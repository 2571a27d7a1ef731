"""What is kept of a person, as JSON for machines and in order for readers.

The JSON's shape is told in docs/patients-data.md; what is added to it leaves the rest as it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.conversation.references import reference_of
from bot.conversation.retention import KeepDays
from bot.desk.rights.words import in_order
from bot.desk.words import ACTIONS
from bot.store.rights import Gathered

FORMAT, VERSION = "candor-patient-data", 1
# These stand within their conversation.
NESTED = ("conversations", "messages", "feedback")

Row = Mapping[str, Any]


def as_object(gathered: Gathered, clinic: str, keep: KeepDays, now: datetime) -> dict[str, Any]:
    """Return everything as a JSON object."""
    rows = gathered.rows
    return {
        "format": FORMAT,
        "version": VERSION,
        "clinic": clinic,
        "made_at": now.isoformat(),
        "reference": reference_of(gathered.found.record.id),
        "conversations": [_conversation(row, rows, keep) for row in rows.get("conversations", ())],
        "also_kept": {
            name: [_plain(row) for row in rows[name]]
            for name in in_order(rows)
            if name not in NESTED
        },
        "looked_at": [
            {
                "at": one.at.isoformat(),
                "who": one.entry.login,
                "what": ACTIONS.get(one.entry.action, one.entry.action),
            }
            for one in gathered.audited
        ],
    }


def _conversation(row: Row, rows: Mapping[str, Sequence[Row]], keep: KeepDays) -> dict[str, Any]:
    ends = keep.ends(row["channel"], row["changed_at"])
    ratings = {
        one["message_id"]: _plain(one, "conversation_id", "message_id")
        for one in _within(rows.get("feedback", ()), row["id"])
    }
    lines = [
        _plain(line, "conversation_id") | {"feedback": ratings.get(line["id"])}
        for line in _within(rows.get("messages", ()), row["id"])
    ]
    head = {"reference": reference_of(row["id"]), "deleted_after": ends.isoformat()}
    return head | _plain(row) | {"messages": lines}


def _within(rows: Iterable[Row], conversation: str) -> Iterable[Row]:
    return (row for row in rows if row["conversation_id"] == conversation)


def _plain(row: Row, *but: str) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in row.items()
        if name not in but
    }
