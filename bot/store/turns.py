"""What changes turns: their beginning and their end, one transaction each, and a restart.

Every patient waits for these statements, so each is made once and only filled in.
"""

from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, exists, insert, select, update

from bot.conversation.errors import UnknownTurn
from bot.conversation.message import Message, new_id
from bot.conversation.ports import Settle
from bot.conversation.records import Author, Kept, Outcome, Standing
from bot.store.lines import MOVE, SETTLE, append
from bot.store.queries import UNFINISHED
from bot.store.states import lock
from bot.store.tables import messages, turns

_TURN_OF_KEY = select(turns.c.id).where(
    turns.c.conversation_id == bindparam("conversation"), turns.c.key == bindparam("key")
)
_BEGIN = insert(turns)
_REMEMBER = SETTLE.values(memory=bindparam("new_memory"))
_CONVERSATION_OF = select(turns.c.conversation_id).where(turns.c.id == bindparam("turn"))
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
_REOPEN = update(turns).where(turns.c.finished_at.is_(None)).values(restarts=turns.c.restarts + 1)


def keep(
    connection: Connection,
    to: str,
    said: Message,
    asked: str | None,
    key: str | None,
    reply: Message | None,
) -> Kept:
    """Keep a patient's message as a new turn, or find the turn that its key has."""
    conversation = lock(connection, to)
    if key is not None and (known := _turn_of_key(connection, to, key)):
        return Kept(known, new=False)
    turn_id, now = new_id(), datetime.now(UTC)
    turn = {
        "id": turn_id,
        "conversation_id": to,
        "seq": conversation.last_seq + 1,
        "key": key,
        "asked": asked,
        "restarts": 0,
        "kept_at": now,
        "finished_at": now if reply else None,
    }
    connection.execute(_BEGIN, turn)
    lines: list[tuple[Author, Message]] = [("patient", said)]
    if reply is not None:
        lines.append(("assistant", reply))
    last = append(connection, to, turn_id, conversation.last_seq, lines, now)
    connection.execute(MOVE, {"conversation": to, "last": last, "now": now})
    return Kept(turn_id, new=True)


def finish(connection: Connection, turn_id: str, settle: Settle) -> bool:
    """Finish a turn with what `settle` decides; False when it was finished before."""
    of = connection.execute(_CONVERSATION_OF, {"turn": turn_id}).scalar_one_or_none()
    if of is None:
        raise UnknownTurn(turn_id)
    conversation, now = lock(connection, of), datetime.now(UTC)
    if connection.execute(_END, {"turn": turn_id, "now": now}).rowcount == 0:
        return False
    urgent_since = connection.execute(_URGENT_SINCE, {"turn": turn_id}).scalar_one()
    outcome = settle(Standing(conversation.holder, bool(urgent_since)))
    lines: list[tuple[Author, Message]] = [("assistant", reply) for reply in outcome.messages]
    last = append(connection, of, turn_id, conversation.last_seq, lines, now)
    _settle(connection, of, outcome, last, now)
    return True


def reopen(connection: Connection) -> list[str]:
    """Count a restart on each unfinished turn and return their conversations, oldest first."""
    connection.execute(_REOPEN)
    return [row.conversation_id for row in connection.execute(UNFINISHED)]


def _settle(
    connection: Connection, conversation_id: str, outcome: Outcome, last: int, now: datetime
) -> None:
    """Keep how the conversation stands after the turn."""
    changes = {"conversation": conversation_id, "last": last, "now": now}
    changes |= {"new_holder": outcome.holder}
    if outcome.memory is None:
        connection.execute(SETTLE, changes)
    else:
        connection.execute(_REMEMBER, changes | {"new_memory": dict(outcome.memory)})


def _turn_of_key(connection: Connection, conversation_id: str, key: str) -> str | None:
    known = {"conversation": conversation_id, "key": key}
    return connection.execute(_TURN_OF_KEY, known).scalar_one_or_none()
