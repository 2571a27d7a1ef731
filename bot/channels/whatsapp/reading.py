"""A delivery's bytes, read: whatever is wrong with one item costs that item only."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.channels.whatsapp.contents import read_content
from bot.channels.whatsapp.fields import code, label, line, moment, object_in, visible
from bot.channels.whatsapp.inbound import Delivery, Fault, Received, Sender, Status
from bot.channels.whatsapp.parsing import BadDelivery, parsed
from bot.channels.whatsapp.people import read_people, sender_of

__all__ = ["BadDelivery", "BadItem", "read_delivery", "read_received", "read_status"]

# A message of WhatsApp has some six levels; what is much deeper can't be written again.
MOST_LEVELS = 50


class BadItem(ValueError):
    """One item of a delivery can't be read; says why, without its content."""


@dataclass(slots=True)
class _Found:
    """What was read so far."""

    messages: list[Received] = field(default_factory=list)
    statuses: list[Status] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def each(self, items: object, name: str) -> Iterator[tuple[str, object]]:
        """Go through a list that may be missing, with a name for each item."""
        if isinstance(items, list):
            yield from ((f"{name} {place}", item) for place, item in enumerate(items))
        elif items is not None:
            self.skipped.append(f"{name}: is no list")

    @contextmanager
    def skipping(self, name: str) -> Iterator[None]:
        """Leave the item with this name out when it can't be read."""
        try:
            yield
        except BadItem as why:
            self.skipped.append(f"{name}: {why}")


def read_delivery(body: bytes) -> Delivery:
    """Return what a delivery brings; BadDelivery when the body is no JSON object in UTF-8.

    Two items with the same id are both returned.
    """
    found = _Found()
    for entry_name, entry in found.each(parsed(body).get("entry"), "entry"):
        with found.skipping(entry_name):
            changes = _object(entry).get("changes")
            for name, change in found.each(changes, f"{entry_name}, change"):
                with found.skipping(name):
                    _read_change(_object(change), name, found)
    return Delivery(
        tuple(found.messages), tuple(found.statuses), tuple(found.faults), tuple(found.skipped)
    )


def read_received(number_id: str, item: object, sender: Sender | None) -> Received:
    """Return a message from its `messages[]` item; BadItem when it is none, or from a group.

    Without a sender, the item itself must say who wrote.
    """
    message = _item(item)
    who = sender or sender_of(message, {})
    if message.get("group_id") is not None:
        raise BadItem("is from a group")
    if who is None:
        raise BadItem("has no sender")
    referral = {
        key: value
        for key, value in object_in(message, "referral").items()
        if isinstance(value, str)
    }
    return Received(
        id=_id(message),
        number_id=number_id,
        sender=who,
        sent_at=moment(message.get("timestamp")),
        content=read_content(message),
        replies_to=visible(object_in(message, "context").get("id")),
        referral=referral or None,
        raw=message,
    )


def read_status(number_id: str, item: object) -> Status:
    """Return a status from its `statuses[]` item, of whatever state; BadItem when it is none."""
    status = _item(item)
    state = visible(status.get("status"), 40)
    if state is None:
        raise BadItem("has no state")
    errors = status.get("errors")
    found = (
        code(error.get("code"))
        for error in (errors if isinstance(errors, list) else ())
        if isinstance(error, dict)
    )
    return Status(
        id=_id(status),
        number_id=number_id,
        state=state,
        at=moment(status.get("timestamp")),
        opaque=visible(status.get("biz_opaque_callback_data")),
        codes=tuple(one for one in found if one is not None),
        raw=status,
    )


def _read_change(change: Mapping[str, Any], name: str, found: _Found) -> None:
    if change.get("field") != "messages":
        raise BadItem(f"is of the field {label(change.get('field'))}")
    value = _object(change.get("value"))
    number = visible(object_in(value, "metadata").get("phone_number_id"))
    people = read_people(value.get("contacts"))
    for where, item in found.each(value.get("messages"), f"{name}, message"):
        with found.skipping(where):
            sender = sender_of(_object(item), people)
            found.messages.append(read_received(_known(number), item, sender))
    for where, item in found.each(value.get("statuses"), f"{name}, status"):
        with found.skipping(where):
            found.statuses.append(read_status(_known(number), item))
    for where, item in found.each(value.get("errors"), f"{name}, error"):
        with found.skipping(where):
            error = _object(item)
            fault = Fault(number, code(error.get("code")), line(error.get("title")))
            found.faults.append(fault)


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadItem("is no object")
    return value


def _item(value: object) -> dict[str, Any]:
    """Return an item that can be kept; BadItem when it is nested too deeply for that."""
    item, level = _object(value), [value]
    for _ in range(MOST_LEVELS):
        level = [part for holder in level for part in _parts(holder)]
        if not level:
            return item
    raise BadItem("is nested too deeply")


def _parts(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _id(item: Mapping[str, Any]) -> str:
    if found := visible(item.get("id")):
        return found
    raise BadItem("has no id")


def _known(number_id: str | None) -> str:
    if number_id is None:
        raise BadItem("came to no number")
    return number_id
