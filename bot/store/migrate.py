"""Brings the tables up to date when the application starts."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from bot.conversation.errors import StoreUnavailable

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(connection: Connection) -> None:
    """Run the migrations that are missing; StoreUnavailable when the database is newer than us."""
    if MigrationContext.configure(connection).get_current_heads() == _newest():
        return
    config = _config()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreUnavailable(
            "the database was made by a newer version: start that version, or restore a backup"
        ) from error


@cache
def _newest() -> tuple[str, ...]:
    return tuple(ScriptDirectory.from_config(_config()).get_heads())


def _config() -> Config:
    config = Config()
    # A "%" in a path would otherwise be read as a reference.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
