"""Items of a delivery: messages of every type, statuses and faults, of people who don't exist."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import Any, TypedDict, Unpack

Item = dict[str, Any]

PHONE = "447700900001"
OTHER_PHONE = "447700900002"
USER_ID = "GB.7700900001"
# 9 October 2025, 08:53:20 UTC.
SENT_AT = 1_760_000_000

_ids = count(1)


def new_id() -> str:
    """Return a message id that no other item has."""
    return f"wamid.T{next(_ids):06}"


class About(TypedDict, total=False):
    """What every message may be given: who sent it and when, its id, what it answers."""

    phone: str | None
    user_id: str | None
    id: str | None
    at: int | datetime
    replies_to: str | None


def message(
    kind: str,
    content: object,
    *,
    phone: str | None = PHONE,
    user_id: str | None = None,
    id: str | None = None,
    at: int | datetime = SENT_AT,
    replies_to: str | None = None,
) -> Item:
    """Return a message of any type; `at` in seconds or as a time, no content when it is None."""
    context = None if replies_to is None else {"from": "447700900000", "id": replies_to}
    return {
        **present(**{"from": phone, "from_user_id": user_id, "context": context}),
        "id": id or new_id(),
        "timestamp": _seconds(at),
        "type": kind,
        **present(**{kind: content}),
    }


def text(body: str, **more: Unpack[About]) -> Item:
    """Return words that a patient typed; `more` is that of `message`, here and below."""
    return message("text", {"body": body}, **more)


def button(payload: str, label: str, **more: Unpack[About]) -> Item:
    """Return a tap on a template's button."""
    return message("button", {"payload": payload, "text": label}, **more)


def button_reply(payload: str, label: str, **more: Unpack[About]) -> Item:
    """Return a tap on a button of one of our messages."""
    reply = {"id": payload, "title": label}
    return message("interactive", {"type": "button_reply", "button_reply": reply}, **more)


def list_reply(payload: str, label: str, **more: Unpack[About]) -> Item:
    """Return a choice from a list of ours."""
    reply = {"id": payload, "title": label, "description": "more about it"}
    return message("interactive", {"type": "list_reply", "list_reply": reply}, **more)


def reaction(message_id: str, emoji: str | None, **more: Unpack[About]) -> Item:
    """Return an emoji on a message; None takes it back."""
    return message("reaction", {"message_id": message_id} | present(emoji=emoji), **more)


def media(kind: str, caption: str | None = None, **more: Unpack[About]) -> Item:
    """Return a picture, film, recording, document or sticker; "voice" is spoken on the spot."""
    file: Item = {"id": "3000000000001", "mime_type": "application/octet-stream", "sha256": "AA=="}
    if kind == "voice":
        return message("audio", {**file, "voice": True}, **more)
    return message(kind, file | present(caption=caption), **more)


def place(**more: Unpack[About]) -> Item:
    """Return a location."""
    return message("location", {"latitude": 51.5, "longitude": -0.125, "name": "A park"}, **more)


def cards(**more: Unpack[About]) -> Item:
    """Return a contact card of somebody else."""
    card = {"name": {"formatted_name": "Ben Reed"}, "phones": [{"phone": "+44 7700 900003"}]}
    return message("contacts", [card], **more)


def order(**more: Unpack[About]) -> Item:
    """Return an order from a catalogue."""
    return message("order", {"catalog_id": "4000000000001", "product_items": []}, **more)


def edit(message_id: str, new: Item, **more: Unpack[About]) -> Item:
    """Return a message written anew; `new` is one made by these builders."""
    inner = {key: new[key] for key in ("type", new["type"]) if key in new}
    return message("edit", {"original_message_id": message_id, "message": inner}, **more)


def revoke(message_id: str, **more: Unpack[About]) -> Item:
    """Return a message deleted for everyone."""
    return message("revoke", {"original_message_id": message_id}, **more)


def new_number(
    to_phone: str | None = OTHER_PHONE,
    to_user_id: str | None = None,
    kind: str = "user_changed_number",
    **more: Unpack[About],
) -> Item:
    """Return the news that the sender has another number or user id from now on."""
    changed = present(wa_id=to_phone, user_id=to_user_id)
    return message("system", {"body": "changed", "type": kind, **changed}, **more)


def unsupported(inner: str | None = None, **more: Unpack[About]) -> Item:
    """Return a message of a type that the API doesn't hand on."""
    content = None if inner is None else {"type": inner}
    return message("unsupported", content, **more) | {"errors": [fault(131051)]}


def status(
    message_id: str,
    state: str,
    *,
    opaque: str | None = None,
    codes: Sequence[int] = (),
    at: int | datetime = SENT_AT,
    phone: str | None = PHONE,
    user_id: str | None = None,
) -> Item:
    """Return what became of a message we sent; `codes` are those of its errors."""
    errors = [fault(code) for code in codes] or None
    more = {"recipient_id": phone, "recipient_user_id": user_id, "errors": errors}
    head = {"id": message_id, "status": state, "timestamp": _seconds(at)}
    return head | present(biz_opaque_callback_data=opaque, **more)


def fault(code: int, title: str = "Something went wrong") -> Item:
    """Return an error as Meta tells it."""
    return {"code": code, "title": title, "message": title, "error_data": {"details": "-"}}


def _seconds(at: int | datetime) -> str:
    return str(int(at.timestamp()) if isinstance(at, datetime) else at)


def present(**fields: object) -> Item:
    return {key: value for key, value in fields.items() if value is not None}
