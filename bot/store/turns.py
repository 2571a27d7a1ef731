"""What changes turns: their beginning and their end, one transaction each, and a restart.

Every patient waits for these statements, so each is made once and only filled in.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, exists, insert, select, update

from bot.conversation.holding import heard
from bot.conversation.message import new_id
from bot.conversation.ports import Settle
from bot.conversation.records import Entry, Kept, Line, Outcome, Standing
from bot.store.desk import callbacks
from bot.store.lines import SETTLE, append
from bot.store.queries import UNFINISHED
from bot.store.rows import holding_of, holding_row
from bot.store.states import lock, lock_of_turn
from bot.store.tables import messages, turns

_TURNS_OF_KEYS = select(messages.c.key, messages.c.turn_id).where(
    messages.c.conversation_id == bindparam("conversation"),
    messages.c.key.in_(bindparam("keys", expanding=True)),
    messages.c.key.is_not(None),  # so that the index of keys serves it
)
_BEGIN = insert(turns)
_REMEMBER = SETTLE.values(memory=bindparam("new_memory"))
_URGENT_SINCE = select(
    exists().where(
        messages.c.conversation_id == turns.c.conversation_id,
        messages.c.seq > turns.c.seq,
        messages.c.kind == "urgent",
    )
).where(turns.c.id == bindparam("turn"))
_END = (
    update(turns)
    .where(turns.c.id == bindparam("turn"), turns.c.finished_at.is_(None))
    .values(finished_at=bindparam("now"))
)
_waiting = turns.alias("waiting")
# Only the first can have been worked on: whoever waits behind it is not to blame for a stop.
_REOPEN = (
    update(turns)
    .where(
        turns.c.finished_at.is_(None),
        ~exists().where(
            _waiting.c.conversation_id == turns.c.conversation_id,
            _waiting.c.finished_at.is_(None),
            _waiting.c.seq < turns.c.seq,
        ),
    )
    .values(restarts=turns.c.restarts + 1)
)


def keep(
    connection: Connection,
    to: str,
    lines: Sequence[Line],
    asked: str | None,
    note: str | None,
    settle: Settle | None,
) -> Kept:
    """Keep a patient's lines as a new turn, or find the turn that their keys have."""
    conversation = lock(connection, to)
    known = _turns_of_keys(connection, to, lines)
    new = [line for line in lines if line.key not in known]
    if not new:
        return Kept(known[str(lines[0].key)], new=False)
    if len(new) < len(lines):
        asked = "\n".join(line.message.text for line in new)
    turn_id, now = new_id(), datetime.now(UTC)
    turn = {
        "id": turn_id,
        "conversation_id": to,
        "seq": conversation.last_seq + 1,
        "asked": asked,
        "note": note,
        "restarts": 0,
        "kept_at": now,
        "finished_at": now if settle else None,
    }
    connection.execute(_BEGIN, turn)
    append(connection, to, turn_id, conversation.last_seq, new, "patient", now)
    last = conversation.last_seq + len(new)
    holding = heard(holding_of(conversation), now)
    if settle is None:
        place = {"conversation": to, "last": last, "now": now}
        connection.execute(SETTLE, place | holding_row(holding))
    else:
        outcome = settle(Standing(holding, urgent_since=False, at=now))
        _say(connection, to, turn_id, last, outcome, now)
    return Kept(turn_id, new=True)


def finish(connection: Connection, turn_id: str, settle: Settle) -> tuple[Entry, ...] | None:
    """Finish a turn with what `settle` decides, return that; None when it was finished before."""
    conversation, now = lock_of_turn(connection, turn_id), datetime.now(UTC)
    if connection.execute(_END, {"turn": turn_id, "now": now}).rowcount == 0:
        return None
    urgent_since = connection.execute(_URGENT_SINCE, {"turn": turn_id}).scalar_one()
    outcome = settle(Standing(holding_of(conversation), bool(urgent_since), now))
    return _say(connection, conversation.id, turn_id, conversation.last_seq, outcome, now)


def reopen(connection: Connection) -> list[str]:
    """Count a restart on each conversation's next turn; return the conversations, oldest first."""
    connection.execute(_REOPEN)
    return [row.conversation_id for row in connection.execute(UNFINISHED)]


def _say(
    connection: Connection, of: str, turn_id: str, last: int, outcome: Outcome, now: datetime
) -> tuple[Entry, ...]:
    """Keep a turn's replies below the last entry, and how the conversation stands after it."""
    replies = [Line(reply) for reply in outcome.messages]
    said = append(connection, of, turn_id, last, replies, "assistant", now)
    place = {"conversation": of, "last": last + len(said), "now": now}
    changes = place | holding_row(outcome.holding)
    if outcome.memory is None:
        connection.execute(SETTLE, changes)
    else:
        connection.execute(_REMEMBER, changes | {"new_memory": dict(outcome.memory)})
    if outcome.wish is not None:
        callbacks.keep(connection, of, outcome.wish, now)
    return said


def _turns_of_keys(
    connection: Connection, conversation_id: str, lines: Sequence[Line]
) -> dict[str, str]:
    """Return the turn of each of the lines' keys that the conversation has seen."""
    keys = [line.key for line in lines if line.key is not None]
    if not keys:
        return {}
    seen = connection.execute(_TURNS_OF_KEYS, {"conversation": conversation_id, "keys": keys})
    return {row.key: row.turn_id for row in seen}
