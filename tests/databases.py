"""Databases for tests: the migrations run once, and every test gets a copy of the result."""

from functools import cache, partial
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from bot.conversation import Line, Message
from bot.conversation.message import new_id
from bot.conversation.ports import Settle
from bot.conversation.records import Reply
from bot.conversation.settling import settle
from bot.store import SqlStore
from bot.store.bookings import click
from bot.store.migrate import MIGRATIONS, migrate

LINE = text(
    "INSERT INTO messages (conversation_id, seq, author, id, kind, text, extras, at) VALUES"
    " (:c, :seq, 'assistant', :id, 'notice', :text, '{}', '2026-01-01 00:00:00')"
)


def said(text: str, key: str | None = None) -> list[Line]:
    """Return what a patient said in one line."""
    return [Line(Message(new_id(), "patient", text), key)]


def at_once(reply: Message) -> Settle:
    """Return what finishes a turn with this reply while it is kept."""
    return partial(settle, Reply((reply,)))


async def press(store: SqlStore, conversation: str, message_id: str) -> None:
    """Press a message's booking button."""
    await store.database.write(
        partial(click, of=conversation, message_id=message_id, reference=None)
    )


def url_of(folder: Path) -> str:
    """Return the address of the folder's database; a new one has its tables already."""
    path = folder / "candor.db"
    if not path.exists():
        path.write_bytes(_migrated())
    return f"sqlite:///{path}"


def fill(store: SqlStore, conversation: str, lines: int) -> None:
    """Put so many lines of the assistant into a new conversation, at once."""
    numbers = range(1, lines + 1)
    rows = [{"c": conversation, "seq": n, "id": f"m{n}", "text": f"Line {n}"} for n in numbers]
    with store.database.writer.begin() as connection:
        if rows:
            connection.execute(LINE, rows)
        last = {"c": conversation, "last": lines}
        connection.execute(text("UPDATE conversations SET last_seq = :last WHERE id = :c"), last)


@cache
def _migrated() -> bytes:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        migrate(connection)
    with engine.connect() as connection:
        content: bytes = connection.connection.driver_connection.serialize()
    engine.dispose()
    return content


def older(path: Path, revision: str) -> None:
    """Make the database as an earlier version left it."""
    engine = create_engine(f"sqlite:///{path}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()
