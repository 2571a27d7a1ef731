"""Keeps who speaks, and does what is decided about it in the transaction that decides it."""

from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, or_, select

from bot.conversation.clean import clean_message
from bot.conversation.ports import Decide
from bot.conversation.records import Author, Entry, Line
from bot.store.desk.auditing import record
from bot.store.desk.records import AuditEntry
from bot.store.lines import SETTLE, append
from bot.store.rows import holding_of, holding_row, message_of
from bot.store.states import lock
from bot.store.tables import conversations, messages

_SAID = select(messages).where(
    messages.c.conversation_id == bindparam("conversation"), messages.c.key == bindparam("key")
)
_RUN_OUT = (conversations.c.holder == "staff") & (conversations.c.lease_until <= bindparam("at"))
_LONG = (
    (conversations.c.holder == "waiting")
    & ~conversations.c.told
    & (conversations.c.held_since <= bindparam("waited"))
)
# The first condition is that of the index.
NEGLECTED = select(conversations.c.id).where(
    or_(conversations.c.holder != "bot", conversations.c.urgent_at.is_not(None)),
    or_(_RUN_OUT, _LONG),
)


def change(connection: Connection, of: str, decide: Decide, key: str | None) -> Entry | None:
    """Do what is decided about who speaks, and return what is said then; UnknownConversation."""
    conversation, now = lock(connection, of), datetime.now(UTC)
    if key is not None:
        for row in connection.execute(_SAID, {"conversation": of, "key": key}):
            return Entry(row.seq, row.author, message_of(row), row.at, row.key, row.name)
    before = holding_of(conversation)
    wanted = decide(before, now)
    last, entry = conversation.last_seq, None
    if wanted.said is not None:
        author: Author = "assistant" if wanted.name is None else "staff"
        said = clean_message(wanted.said)
        lines = [Line(said, key)]
        [entry] = append(connection, of, None, last, lines, author, now, wanted.name)
        last = entry.seq
    if entry is not None or wanted.holding != before:
        place = {"conversation": of, "last": last, "now": now}
        connection.execute(SETTLE, place | holding_row(wanted.holding))
    if wanted.did is not None and wanted.did.person.login:
        person = wanted.did.person
        record(connection, AuditEntry(person.id, person.login, wanted.did.action, of))
    return entry
