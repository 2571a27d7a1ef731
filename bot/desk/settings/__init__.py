"""The clinic's settings as managers change them."""

from bot.desk.settings.office import CannotRead, Office, StockText

__all__ = ["CannotRead", "Office", "StockText"]
