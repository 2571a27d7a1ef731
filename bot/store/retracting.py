"""Takes back what a patient said."""

from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, select, update

from bot.store.desk.questions import take_back
from bot.store.states import lock
from bot.store.tables import messages, turns

_LINE = select(messages.c.seq, messages.c.turn_id).where(
    messages.c.conversation_id == bindparam("conversation"),
    messages.c.key == bindparam("key"),
    messages.c.key.is_not(None),
)
_OTHERS = (
    select(messages.c.text)
    .where(
        messages.c.turn_id == bindparam("turn"),
        messages.c.author == "patient",
        messages.c.seq != bindparam("seq"),
    )
    .order_by(messages.c.seq)
)
_OVERWRITE = (
    update(messages)
    .where(messages.c.conversation_id == bindparam("of"), messages.c.seq == bindparam("line"))
    .values(text=bindparam("instead"))
)
_ASK_OTHERWISE = update(turns).where(turns.c.id == bindparam("turn"))
_END = _ASK_OTHERWISE.where(turns.c.finished_at.is_(None)).values(
    asked=None, finished_at=bindparam("now")
)


def retract(connection: Connection, of: str, key: str, instead: str) -> str | None:
    """Overwrite a line and what was to be asked of it; UnknownConversation.

    Return its turn when that is finished now, because nothing else was said in it.
    """
    lock(connection, of)
    line = connection.execute(_LINE, {"conversation": of, "key": key}).one_or_none()
    if line is None:
        return None
    connection.execute(_OVERWRITE, {"of": of, "line": line.seq, "instead": instead})
    take_back(connection, line.turn_id)
    turn = {"turn": line.turn_id, "seq": line.seq}
    others = connection.execute(_OTHERS, turn).scalars().all()
    if others:
        asked = "\n".join(others)
        connection.execute(_ASK_OTHERWISE.values(asked=asked), {"turn": line.turn_id})
        return None
    ended = connection.execute(_END, {"turn": line.turn_id, "now": datetime.now(UTC)}).rowcount
    if not ended:
        connection.execute(_ASK_OTHERWISE.values(asked=None), {"turn": line.turn_id})
    return line.turn_id if ended else None
