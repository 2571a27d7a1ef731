"""Whether anybody may manage the staff, looked up without changing the database."""

from pathlib import Path

from sqlalchemy import create_engine, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.store.desk.tables import staff

_MANAGERS = select(func.count()).where(staff.c.role == "manager", staff.c.active)


def has_manager(url: str) -> bool:
    """Tell whether a manager may sign in; there is none in a database that isn't made yet."""
    parsed = make_url(url)
    if parsed.database and not Path(parsed.database).is_file():
        return False
    engine = create_engine(parsed)
    try:
        with engine.connect() as connection:
            return bool(connection.scalar(_MANAGERS))
    except SQLAlchemyError:
        return False
    finally:
        engine.dispose()
