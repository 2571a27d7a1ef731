"""The outbox of e-mails to the desk: what is due, and whether it gets through."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, exists, select, update

from bot.store.database import Database
from bot.store.desk.mail_tables import UNSENT, mails

GIVE_UP = timedelta(days=1)
PAUSES = (15, 60, 300, 900, 1800)  # seconds before the next try; the last one again and again
MANY = 3  # tries after which a mail that doesn't get through is worth a notice
FRESH = timedelta(days=7)  # for so long a failure is told of
SOME = 20


@dataclass(frozen=True, slots=True)
class Mail:
    """An e-mail to be sent; `content` is what it says besides its fixed words."""

    id: str
    kind: str
    conversation_id: str | None
    content: Mapping[str, Any]
    attempts: int
    made_at: datetime


_DUE = (
    select(mails)
    .where(UNSENT, mails.c.due_at <= bindparam("now"))
    .order_by(mails.c.due_at, mails.c.made_at)
    .limit(SOME)
)
_END = update(mails).where(mails.c.id == bindparam("of"), UNSENT)
_later = mails.alias("later")
_TROUBLE = (
    select(mails.c.state, mails.c.problem)
    .where(
        (UNSENT & (mails.c.attempts >= MANY))
        | (
            (mails.c.state == "failed")
            & (mails.c.made_at > bindparam("since"))
            & ~exists().where(_later.c.state == "sent", _later.c.ended_at > mails.c.ended_at)
        )
    )
    .order_by(mails.c.made_at.desc())
    .limit(1)
)


async def due(database: Database, now: datetime) -> list[Mail]:
    """Return some of the e-mails to be sent by now, oldest first; StoreUnavailable or Closed."""
    names = Mail.__dataclass_fields__
    rows = await database.read(_DUE, now=now)
    return [Mail(**{name: getattr(row, name) for name in names}) for row in rows]


def sent(connection: Connection, mail_id: str, now: datetime) -> None:
    """Know that the server took an e-mail over."""
    connection.execute(_END.values(state="sent", problem=None, ended_at=now), {"of": mail_id})


def not_sent(connection: Connection, mail: Mail, problem: str, now: datetime) -> bool:
    """Put an e-mail off, or give it up after a day; return whether it was given up.

    `problem` is one line that tells nothing of a patient.
    """
    values: dict[str, object] = {"problem": problem, "attempts": mail.attempts + 1}
    given_up = now - mail.made_at >= GIVE_UP
    if given_up:
        values |= {"state": "failed", "ended_at": now}
    else:
        pause = PAUSES[min(mail.attempts, len(PAUSES) - 1)]
        values["due_at"] = min(now + timedelta(seconds=pause), mail.made_at + GIVE_UP)
    connection.execute(_END.values(**values), {"of": mail.id})
    return given_up


async def mail_problem(database: Database, now: datetime | None = None) -> str | None:
    """Return one line when e-mail to the desk doesn't get through, or None.

    That is when one was tried several times, or was given up and none has left since.
    StoreUnavailable or Closed.
    """
    since = (now or datetime.now(UTC)) - FRESH
    for row in await database.read(_TROUBLE, since=since):
        what = "was given up" if row.state == "failed" else "doesn't get through"
        return f"e-mail to the desk {what}: {row.problem}"
    return None
