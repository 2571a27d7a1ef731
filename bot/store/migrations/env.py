"""Tells Alembic which connection to migrate; only `bot.store.migrate` runs this."""

from alembic import context

from bot.store import booking_tables as _bookings  # noqa: F401 - adds its tables
from bot.store.desk import callback_tables as _callbacks  # noqa: F401 - adds its table
from bot.store.desk import figures_tables as _figures  # noqa: F401 - adds its tables
from bot.store.desk import mail_tables as _mail  # noqa: F401 - adds its tables
from bot.store.desk import question_tables as _questions  # noqa: F401 - adds its tables
from bot.store.desk import settings as _settings  # noqa: F401 - adds its table
from bot.store.desk import tables as _desk  # noqa: F401 - adds its tables
from bot.store.tables import metadata
from bot.store.whatsapp import tables as _whatsapp  # noqa: F401 - adds its tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite changes most things of a table only by copying it.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
