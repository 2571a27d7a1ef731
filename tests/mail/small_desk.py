"""Conversations in a small database, in which things happen at a time of the test's."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, StaticPool, create_engine, insert, select, update

from bot.conversation.holding import Holding, begun, take, wait
from bot.store.desk.mail_occasions import Calendar, decide
from bot.store.desk.mail_tables import mails
from bot.store.rows import columns_of, holding_of
from bot.store.states import lock, start
from bot.store.tables import conversations, messages, metadata
from tests.staff import ADA

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
PATIENCE = timedelta(minutes=10)
ALWAYS = Calendar(lambda since, until: until - since, lambda now: MONDAY)
ONE, TWO = "1" * 32, "2" * 32


@cache
def _engine() -> Engine:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    metadata.create_all(engine)
    return engine


class Desk:
    """Conversations in which things happen at a time of the test's, and the e-mails about them."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        for conversation, channel in ((ONE, "widget"), (TWO, "whatsapp")):
            start(connection, channel, conversation)
        self._seq = 0

    def urgent(self, at: datetime, of: str = ONE) -> None:
        self._say(at, of, "assistant", "urgent")

    def wait(self, at: datetime, of: str = ONE) -> None:
        self._say(at, of, "assistant", "handoff")
        # Whoever of staff had it has handed it back.
        self._change(
            of,
            lambda now: wait(
                now if now.holder == "waiting" else begun(at), at, "asked", told=False
            ),
        )

    def answer(self, at: datetime, of: str = ONE) -> None:
        self._say(at, of, "staff", "staff")
        self._change(of, lambda now: take(now, at, ADA))

    def look(self, at: datetime, calendar: Calendar = ALWAYS) -> int:
        return decide(self.connection, calendar, PATIENCE, at)

    def mails(self, kind: str, of: str = ONE) -> list[Any]:
        found = select(mails).where(mails.c.kind == kind, mails.c.state == "waiting")
        rows = self.connection.execute(found.order_by(mails.c.made_at)).all()
        return [row for row in rows if row.conversation_id in (of, None)]

    def _say(self, at: datetime, of: str, author: str, kind: str) -> None:
        self._seq += 1
        row = {"conversation_id": of, "seq": self._seq, "author": author, "kind": kind, "at": at}
        row |= {"id": str(self._seq), "text": "my chest", "extras": {}}
        self.connection.execute(insert(messages).values(row))

    def _change(self, of: str, change: Callable[[Holding], Holding]) -> None:
        now = holding_of(lock(self.connection, of))
        changed = update(conversations).where(conversations.c.id == of)
        self.connection.execute(changed.values(columns_of(change(now))))


@contextmanager
def a_desk() -> Iterator[Desk]:
    with _engine().connect() as connection:
        yield Desk(connection)
        connection.rollback()
