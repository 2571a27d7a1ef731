"""What a test of the WhatsApp channel's store puts into it, and how it looks behind it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot.conversation import Line, Message
from bot.conversation.message import Kind, new_id
from bot.store import SqlStore
from bot.store.whatsapp import KEY, Contact, Incoming, WhatsAppStore, Who
from tests.databases import at_once

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
PAT = Who("GB.1", "447700900001", "Pat Doe")
HELLO = {"type": "text", "text": {"body": "Hello."}}


def incoming(key: str, who: Who = PAT, *, at: datetime = NOW, **more: Any) -> Incoming:  # noqa: ANN401
    """A message that came; `more` may be its content, whether it opens the window, a referral."""
    return Incoming(key, who, at, **{"content": {"raw": key}, "opens": True} | more)


async def met(kept: WhatsAppStore, who: Who = PAT, *, at: datetime = NOW) -> Contact:
    """Somebody who wrote just now; the message waits no more."""
    taken = await kept.take([incoming(new_id(), who, at=at)], [])
    return await of(kept, taken.wrote[0])


async def talking(kept: WhatsAppStore, who: Who = PAT) -> Contact:
    """Somebody who has a conversation, and nothing else that waits."""
    contact = await met(kept, who)
    await kept.converse(contact.id)
    await kept.done([one.id for one in await kept.waiting(contact.id)])
    return await of(kept, contact.id)


async def of(kept: WhatsAppStore, contact_id: str) -> Contact:
    """A contact, who must be there."""
    contact = await kept.contact(contact_id)
    assert contact is not None
    return contact


async def turn(
    store: SqlStore,
    conversation: str | None,
    reply: str,
    *,
    key: str | None = KEY,
    kind: Kind = "answer",
) -> Message:
    """Keep a turn with its reply; its line has a key of WhatsApp's, of another kind, or none."""
    assert conversation is not None
    said = Line(Message(new_id(), "patient", "hello"), key and f"{key}{new_id()}")
    message = Message(new_id(), kind, reply)
    await store.keep(conversation, [said], settle=at_once(message))
    return message


def rows(store: SqlStore, query: str, **values: object) -> list[Mapping[str, Any]]:
    """The rows of a query, straight from the database."""
    with store.database.reader.connect() as connection:
        return list(connection.execute(text(query), values).mappings())


def files_hold(folder: Path, words: str) -> bool:
    """Tell whether words are anywhere in the database's files, its journal among them."""
    paths = list(folder.glob("candor.db*"))
    assert paths
    return any(words.encode() in path.read_bytes() for path in paths)
