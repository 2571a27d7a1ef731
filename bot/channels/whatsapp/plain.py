"""The same message without buttons and pictures, for when Graph refuses the finer one."""

from collections.abc import Mapping
from typing import Any

from bot.channels.whatsapp.limits import TEXT


def text_content(text: str) -> dict[str, Any]:
    """Return a text as Graph takes it, cut off where WhatsApp takes no more."""
    return {"type": "text", "text": {"body": text[: TEXT // 2], "preview_url": False}}


def plain_of(content: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return a message's words as a plain text; None when it is one already, or a template."""
    kind = content.get("type")
    if kind == "image":
        return text_content(str(content["image"].get("caption", "")))
    if kind != "interactive":
        return None
    interactive = content["interactive"]
    link = interactive["action"].get("parameters", {}).get("url")
    return text_content("\n\n".join([interactive["body"]["text"], *([link] if link else [])]))
