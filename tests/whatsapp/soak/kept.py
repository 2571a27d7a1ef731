"""What the application's database says of a run, read from the file itself."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.channels.whatsapp.keys import line_key, message_key
from tests.whatsapp.account import NUMBER_ID
from tests.whatsapp.soak.running import CLINIC_SECRET

OPEN = "('waiting', 'sending', 'unsure', 'held')"
LEFT = {
    "messages not worked on": "SELECT count(*) FROM whatsapp_updates WHERE content IS NOT NULL",
    "turns not finished": "SELECT count(*) FROM turns WHERE finished_at IS NULL",
    "replies not sent": f"SELECT count(*) FROM whatsapp_deliveries WHERE state IN {OPEN}",  # noqa: S608
    "replies being sent": "SELECT count(*) FROM whatsapp_deliveries WHERE state = 'sending'",
}


@contextmanager
def rows_of(path: Path) -> Iterator[sqlite3.Connection]:
    """Read a database whose application may be running, or dead."""
    with closing(sqlite3.connect(path, timeout=15)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def left(path: Path) -> dict[str, int]:
    """Return how much of each kind of work is left."""
    with rows_of(path) as connection:
        return {name: connection.execute(query).fetchone()[0] for name, query in LEFT.items()}


@dataclass(frozen=True, slots=True)
class Delivery:
    """A reply on its way; `seq` is its place in the conversation."""

    opaque: str
    seq: int
    state: str
    doubts: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A finished turn: its place, the keys of its lines with WhatsApp's times, its replies."""

    conversation: str
    seq: int
    finished: bool
    lines: tuple[tuple[str, str], ...]
    kinds: tuple[str, ...]
    intents: tuple[str, ...]
    replies: tuple[int, ...]
    deliveries: tuple[Delivery, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """All turns by the keys of their lines, and all deliveries."""

    worked_on: frozenset[str]
    turns: dict[str, Turn]
    deliveries: tuple[Delivery, ...]

    def turn_of(self, wamid: str) -> Turn | None:
        """Return the turn that a message became a line of."""
        return self.turns.get(line_key(message_key(CLINIC_SECRET, NUMBER_ID, wamid)))

    def is_worked_on(self, wamid: str) -> bool:
        """Tell whether a message was kept, and is not waiting any more."""
        return message_key(CLINIC_SECRET, NUMBER_ID, wamid) in self.worked_on


def read_kept(path: Path) -> Kept:
    """Read everything."""
    with rows_of(path) as connection:
        updates = connection.execute("SELECT * FROM whatsapp_updates").fetchall()
        sent_at = {line_key(row["key"]): row["sent_at"] for row in updates}
        by_place, deliveries = _deliveries(connection)
        lines, replies = defaultdict(list), defaultdict(list)
        for row in connection.execute("SELECT * FROM messages ORDER BY conversation_id, seq"):
            (lines if row["author"] == "patient" else replies)[row["turn_id"]].append(row)
        turns: dict[str, Turn] = {}
        for row in connection.execute("SELECT * FROM turns"):
            said, of = replies[row["id"]], row["conversation_id"]
            turn = Turn(
                of,
                row["seq"],
                row["finished_at"] is not None,
                tuple((line["key"], sent_at[line["key"]]) for line in lines[row["id"]]),
                tuple(one["kind"] for one in said),
                tuple(one["intent"] or "" for one in said),
                tuple(one["seq"] for one in said),
                tuple(by_place[of, one["seq"]] for one in said if (of, one["seq"]) in by_place),
            )
            turns |= {line["key"]: turn for line in lines[row["id"]]}
    worked_on = frozenset(row["key"] for row in updates if row["content"] is None)
    return Kept(worked_on, turns, deliveries)


def _deliveries(
    connection: sqlite3.Connection,
) -> tuple[dict[tuple[str, int], Delivery], tuple[Delivery, ...]]:
    by_place, every = {}, []
    for row in connection.execute("SELECT * FROM whatsapp_deliveries ORDER BY id"):
        delivery = Delivery(row["opaque"], row["seq"], row["state"], row["doubts"])
        by_place[row["conversation_id"], row["seq"]] = delivery
        every.append(delivery)
    return by_place, tuple(every)
