"""As much of a message as is needed to read it again: what isn't kept can't be lost."""

from collections.abc import Mapping
from typing import Any

HEAD = ("id", "timestamp", "type")
# Of a file only what is written with it; nothing of where somebody is or whom they know.
PARTS: Mapping[str, tuple[str, ...]] = {
    "image": ("caption",),
    "video": ("caption",),
    "audio": ("caption", "voice"),
    "voice": ("caption",),
    "document": ("caption",),
    "sticker": ("caption",),
    "location": (),
    "contacts": (),
    "order": ("text",),
}


def least(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return a `messages[]` item that reads the same but for who sent it, and from which advert."""
    kept = _parts(item, HEAD)
    kind, context = item.get("type"), item.get("context")
    if isinstance(context, dict):
        kept["context"] = _parts(context, ("id",))
    content = item.get(kind) if isinstance(kind, str) and kind not in HEAD else None
    if isinstance(kind, str) and isinstance(content, dict):
        kept[kind] = _parts(content, PARTS[kind]) if kind in PARTS else content
        if kind == "edit" and isinstance(content.get("message"), dict):
            kept[kind] = content | {"message": least(content["message"])}
    return kept


def _parts(item: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: item[name] for name in names if name in item}
