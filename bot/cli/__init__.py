"""The commands of `candor`."""

from bot.cli.main import main

__all__ = ["main"]
