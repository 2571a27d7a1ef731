"""Keeps what staff say."""

from datetime import UTC, datetime

from sqlalchemy import Connection

from bot.conversation.message import Message
from bot.conversation.records import Entry, Line
from bot.store.lines import SETTLE, append
from bot.store.states import lock


def speak(connection: Connection, to: str, name: str, message: Message) -> Entry:
    """Keep a message of staff and give them the conversation; UnknownConversation."""
    conversation, now = lock(connection, to), datetime.now(UTC)
    line = [Line(message)]
    seq = append(connection, to, None, conversation.last_seq, line, "staff", now, name)
    changes = {"conversation": to, "last": seq, "now": now, "new_holder": "staff"}
    connection.execute(SETTLE, changes)
    return Entry(seq, "staff", message, now, name=name)
