"""Who wrote a message."""

from collections.abc import Mapping
from typing import Any

from bot.channels.whatsapp.fields import line, object_in, phone, user_id
from bot.channels.whatsapp.inbound import Sender


def read_people(contacts: object) -> dict[str, Sender]:
    """Return the people of a `contacts[]` list, by user id and by phone number.

    By those and never by its place is a contact a message's: the two lists differ in order.
    """
    people: dict[str, Sender] = {}
    for contact in contacts if isinstance(contacts, list) else ():
        if isinstance(contact, dict):
            name = line(object_in(contact, "profile").get("name"))
            person = Sender(user_id(contact.get("user_id")), phone(contact.get("wa_id")), name)
            for key in (person.user_id, person.phone):
                if key is not None:
                    people.setdefault(key, person)
    return people


def sender_of(message: Mapping[str, Any], people: Mapping[str, Sender]) -> Sender | None:
    """Return who wrote a message: what it says itself, and what the contacts add."""
    person, number = user_id(message.get("from_user_id")), phone(message.get("from"))
    more = people.get(person or "") or people.get(number or "") or Sender(None, None, None)
    person, number = person or more.user_id, number or more.phone
    return Sender(person, number, more.name) if person or number else None
