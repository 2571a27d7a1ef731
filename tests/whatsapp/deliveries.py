"""Deliveries as Meta sends them, of people who don't exist.

Builders return one item each (`text`, `button`, ... and `status`, `fault`); `delivery` makes the
body of any of them, `signed` the headers that go with it. Every item has an id of its own unless
it is given one, and what a builder doesn't offer is set by `{**item, "field": value}`.
"""

import hmac
import json
from collections.abc import Sequence

from tests.whatsapp.items import (
    OTHER_PHONE,
    PHONE,
    SENT_AT,
    USER_ID,
    About,
    Item,
    button,
    button_reply,
    cards,
    edit,
    fault,
    list_reply,
    media,
    message,
    new_id,
    new_number,
    order,
    place,
    present,
    reaction,
    revoke,
    status,
    text,
    unsupported,
)

__all__ = [
    "NAME",
    "NUMBER",
    "OTHER_PHONE",
    "PHONE",
    "SENT_AT",
    "USER_ID",
    "About",
    "Item",
    "body_of",
    "button",
    "button_reply",
    "cards",
    "contact",
    "delivery",
    "edit",
    "envelope",
    "fault",
    "list_reply",
    "media",
    "message",
    "new_id",
    "new_number",
    "order",
    "place",
    "reaction",
    "revoke",
    "signature",
    "signed",
    "status",
    "text",
    "unsupported",
]

NUMBER = "1000000000001"
NAME = "Ada Moss"


def delivery(*items: Item, number: str = NUMBER, contacts: object = None) -> bytes:
    """Return a delivery's body with all items in one change; each sender has a contact there."""
    return body_of(envelope(*items, number=number, contacts=contacts))


def envelope(*items: Item, number: str = NUMBER, contacts: object = None) -> Item:
    """Return a delivery as an object, to be changed before `body_of` writes it."""
    messages = [item for item in items if "type" in item]
    statuses = [item for item in items if "status" in item]
    faults = [item for item in items if item not in messages and item not in statuses]
    value: Item = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "447700900000", "phone_number_id": number},
    }
    if messages:
        value["contacts"] = _contacts(messages) if contacts is None else contacts
    named = {"messages": messages, "statuses": statuses, "errors": faults}
    value |= {key: listed for key, listed in named.items() if listed}
    change = {"value": value, "field": "messages"}
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": "2000000000001", "changes": [change]}],
    }


def body_of(delivered: object, *, escaped: bool = True) -> bytes:
    """Return the bytes on the wire: non-ASCII text is escaped there."""
    return json.dumps(delivered, ensure_ascii=escaped).encode()


def signature(secret: str, body: bytes) -> str:
    """Return the value of the header X-Hub-Signature-256."""
    return "sha256=" + hmac.new(secret.encode(), body, "sha256").hexdigest()


def signed(secret: str, body: bytes) -> dict[str, str]:
    """Return the headers with which Meta sends a body."""
    return {"Content-Type": "application/json", "X-Hub-Signature-256": signature(secret, body)}


def contact(phone: str | None = PHONE, user_id: str | None = None, name: str | None = NAME) -> Item:
    """Return an item of contacts[]: who wrote."""
    profile = {"profile": {} if name is None else {"name": name}}
    return profile | present(wa_id=phone, user_id=user_id)


def _contacts(messages: Sequence[Item]) -> list[Item]:
    contacts: list[Item] = []
    for item in messages:
        one = contact(item.get("from"), item.get("from_user_id"))
        contacts += [] if one in contacts else [one]
    return contacts
