"""The website: pages, the messages API, the widget's files, health and metrics."""

from bot.web.app import create_app
from bot.web.site import Check, Limits

__all__ = ["Check", "Limits", "create_app"]
