"""What a message holds, by its type."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.channels.whatsapp.fields import label, object_in, phone, user_id, visible, words
from bot.channels.whatsapp.inbound import (
    Cards,
    Content,
    Edit,
    Media,
    MediaKind,
    NewNumber,
    Order,
    Place,
    Reaction,
    Revoke,
    Tapped,
    Text,
    Told,
    Unreadable,
)

Object = Mapping[str, Any]
REPLIES = ("button_reply", "list_reply")
MOVES = ("user_changed_number", "user_changed_user_id", "customer_changed_number")
# What nobody can make of a message by writing it anew.
NEVER_EDITED = ("edit", "revoke", "reaction", "system")


def read_content(message: Object) -> Content:
    """Return what a message holds; Unreadable when its type or its content is none we know."""
    kind = message.get("type")
    if not isinstance(kind, str) or kind not in READERS:
        return Unreadable(label(kind))
    return READERS[kind](object_in(message, kind)) or Unreadable(kind)


def _text(text: Object) -> Content | None:
    body = text.get("body")
    return Text(body) if isinstance(body, str) else None


def _button(button: Object) -> Content | None:
    return _tapped(button.get("payload"), button.get("text"))


def _interactive(interactive: Object) -> Content | None:
    kind = interactive.get("type")
    if kind in REPLIES:
        reply = object_in(interactive, kind)
        return _tapped(reply.get("id"), reply.get("title"))
    return Unreadable(f"interactive:{label(kind)}") if kind else None


def _tapped(payload: object, text: object) -> Content | None:
    """Return the tap; where one of its two texts is missing the other stands for it."""
    behind, read = words(payload) or words(text), words(text) or words(payload)
    return Tapped(behind, read) if behind and read else None


def _reaction(reaction: Object) -> Content | None:
    target = visible(reaction.get("message_id"))
    return Reaction(target, words(reaction.get("emoji"))) if target else None


def _media(kind: MediaKind) -> Callable[[Object], Content]:
    return lambda media: Media(kind, words(media.get("caption")))


def _audio(audio: Object) -> Content:
    return Media("voice" if audio.get("voice") is True else "audio", words(audio.get("caption")))


def _edit(edit: Object) -> Content | None:
    target = visible(edit.get("original_message_id"))
    message = edit.get("message")
    if target is None or not isinstance(message, dict):
        return None
    kind = message.get("type")
    # Besides, an edit within an edit could go on for ever.
    inner = Unreadable(label(kind)) if kind in NEVER_EDITED else read_content(message)
    return Edit(target, inner)


def _revoke(revoke: Object) -> Content | None:
    target = visible(revoke.get("original_message_id"))
    return Revoke(target) if target else None


def _system(system: Object) -> Content:
    kind = system.get("type")
    if kind in MOVES:
        number = phone(system.get("wa_id")) or phone(system.get("new_wa_id"))
        person = user_id(system.get("user_id"))
        if number or person:
            return NewNumber(number, person)
    return Told()


def _unsupported(unsupported: Object) -> Content | None:
    kind = unsupported.get("type")
    return Unreadable(f"unsupported:{label(kind)}") if kind else None


READERS: Mapping[str, Callable[[Object], Content | None]] = {
    "text": _text,
    "button": _button,
    "interactive": _interactive,
    "reaction": _reaction,
    "image": _media("image"),
    "video": _media("video"),
    "audio": _audio,
    "voice": _media("voice"),
    "document": _media("document"),
    "sticker": _media("sticker"),
    "location": lambda _: Place(),
    "contacts": lambda _: Cards(),
    "order": lambda order: Order(words(order.get("text"))),
    "edit": _edit,
    "revoke": _revoke,
    "system": _system,
    "unsupported": _unsupported,
}
