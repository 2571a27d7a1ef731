"""Keeps conversations in a database; the only place that knows SQL."""

from bot.store.sql_store import SqlStore, open_store

__all__ = ["SqlStore", "open_store"]
