"""What a database is asked, noted as it comes."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, event

from bot.store import SqlStore

Statements = list[tuple[str, tuple[object, ...]]]


@contextmanager
def noted(store: SqlStore) -> Iterator[Statements]:
    """Note every statement that the database is asked within the block, with its values."""
    statements: Statements = []

    def note(
        _c: Connection, _cursor: object, statement: str, parameters: tuple[object, ...], *_: object
    ) -> None:
        statements.append((statement, parameters))

    engines = (store.database.writer, store.database.reader)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield statements
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)
