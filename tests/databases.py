"""Databases for tests: the migrations run once, and every test gets a copy of the result."""

from functools import cache
from pathlib import Path

from sqlalchemy import create_engine

from bot.store.migrate import migrate


def url_of(folder: Path) -> str:
    """Return the address of the folder's database; a new one has its tables already."""
    path = folder / "candor.db"
    if not path.exists():
        path.write_bytes(_migrated())
    return f"sqlite:///{path}"


@cache
def _migrated() -> bytes:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        migrate(connection)
    with engine.connect() as connection:
        content: bytes = connection.connection.driver_connection.serialize()
    engine.dispose()
    return content
