"""What changes turns: their beginning and their end, one transaction each, and a restart."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, exists, insert, select, update

from bot.conversation.errors import UnknownTurn
from bot.conversation.message import Message, new_id
from bot.conversation.ports import Settle
from bot.conversation.records import Author, Kept, Standing
from bot.store.queries import unfinished
from bot.store.rows import message_row
from bot.store.states import lock
from bot.store.tables import conversations, messages, turns


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
    connection.execute(
        insert(turns).values(
            id=turn_id,
            conversation_id=to,
            seq=conversation.last_seq + 1,
            key=key,
            asked=asked,
            restarts=0,
            kept_at=now,
            finished_at=now if reply else None,
        )
    )
    lines: list[tuple[Author, Message]] = [("patient", said)]
    if reply is not None:
        lines.append(("assistant", reply))
    _append(connection, conversation, turn_id, lines, now)
    return Kept(turn_id, new=True)


def finish(connection: Connection, turn_id: str, settle: Settle) -> bool:
    """Finish a turn with what `settle` decides; False when it was finished before."""
    wanted = select(turns).where(turns.c.id == turn_id)
    turn = connection.execute(wanted).one_or_none()
    if turn is None:
        raise UnknownTurn(turn_id)
    conversation = lock(connection, turn.conversation_id)
    now = datetime.now(UTC)
    ending = update(turns).where(turns.c.id == turn_id, turns.c.finished_at.is_(None))
    if connection.execute(ending.values(finished_at=now)).rowcount == 0:
        return False
    urgent_since = _urgent_since(connection, turn.conversation_id, turn.seq)
    outcome = settle(Standing(conversation.holder, urgent_since))
    lines: list[tuple[Author, Message]] = [("assistant", reply) for reply in outcome.messages]
    remembered = {} if outcome.memory is None else {"memory": outcome.memory}
    _append(connection, conversation, turn_id, lines, now, holder=outcome.holder, **remembered)
    return True


def reopen(connection: Connection) -> list[str]:
    """Count a restart on each unfinished turn and return their conversations, oldest first."""
    restarted = update(turns).where(turns.c.finished_at.is_(None))
    connection.execute(restarted.values(restarts=turns.c.restarts + 1))
    return [row.conversation_id for row in connection.execute(unfinished())]


def _append(
    connection: Connection,
    conversation: Row[Any],
    turn_id: str,
    lines: Iterable[tuple[Author, Message]],
    now: datetime,
    **changes: object,
) -> None:
    """Add the turn's lines below the last entry and move the conversation's counter."""
    rows = [
        message_row(conversation.id, turn_id, seq, author, message, now)
        for seq, (author, message) in enumerate(lines, start=conversation.last_seq + 1)
    ]
    if rows:
        connection.execute(insert(messages), rows)
    connection.execute(
        update(conversations)
        .where(conversations.c.id == conversation.id)
        .values(last_seq=conversation.last_seq + len(rows), changed_at=now, **changes)
    )


def _turn_of_key(connection: Connection, conversation_id: str, key: str) -> str | None:
    wanted = select(turns.c.id).where(
        turns.c.conversation_id == conversation_id, turns.c.key == key
    )
    return connection.execute(wanted).scalar_one_or_none()


def _urgent_since(connection: Connection, conversation_id: str, seq: int) -> bool:
    urgent = exists().where(
        messages.c.conversation_id == conversation_id,
        messages.c.seq > seq,
        messages.c.kind == "urgent",
    )
    return bool(connection.execute(select(urgent)).scalar_one())
