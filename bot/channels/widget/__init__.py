"""The widget's channel: frames over a WebSocket, the same messages as everywhere."""

from bot.channels.widget.socket import WidgetSocket

__all__ = ["WidgetSocket"]
