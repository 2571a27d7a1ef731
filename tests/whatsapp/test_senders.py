"""Who wrote a message: found by user id and phone number, never by place."""

import pytest

from bot.channels.whatsapp.inbound import Sender
from bot.channels.whatsapp.reading import read_delivery, read_received
from tests.whatsapp.deliveries import (
    NAME,
    NUMBER,
    OTHER_PHONE,
    PHONE,
    USER_ID,
    Item,
    contact,
    delivery,
    text,
)

OTHER_ID = "GB.7700900002"


def sender_of(item: Item, *contacts: Item) -> Sender:
    [received] = read_delivery(delivery(item, contacts=list(contacts))).messages
    return received.sender


@pytest.mark.parametrize(
    ("item", "contacts", "sender"),
    [
        (text("a"), [], Sender(None, PHONE, None)),
        (text("a"), [contact(user_id=USER_ID)], Sender(USER_ID, PHONE, NAME)),
        (text("a", phone=f"+{PHONE}"), [contact()], Sender(None, PHONE, NAME)),
        (
            text("a") | {"from": int(PHONE)},
            [contact() | {"wa_id": int(PHONE)}],
            Sender(None, PHONE, NAME),
        ),
        (text("a", phone=None, user_id=USER_ID), [], Sender(USER_ID, None, None)),
        (
            text("a", phone=None, user_id=USER_ID),
            [contact(OTHER_PHONE, OTHER_ID, "Ben"), contact(PHONE, USER_ID)],
            Sender(USER_ID, PHONE, NAME),
        ),
        (text("a", user_id=USER_ID), [contact(PHONE, OTHER_ID)], Sender(USER_ID, PHONE, NAME)),
        (
            text("a", user_id=USER_ID),
            [contact(PHONE, OTHER_ID, "Ben"), contact(OTHER_PHONE, USER_ID)],
            Sender(USER_ID, PHONE, NAME),
        ),
        (text("a"), [contact(OTHER_PHONE, OTHER_ID, "Ben")], Sender(None, PHONE, None)),
        (text("a"), [contact(), contact(name="Ben")], Sender(None, PHONE, NAME)),
        (text("a"), [contact(name=None)], Sender(None, PHONE, None)),
        (text("a"), [contact(name=" A\x00da\n\ud800 M ")], Sender(None, PHONE, "A da M")),
        (text("a"), [contact(name="x" * 900)], Sender(None, PHONE, "x" * 200)),
    ],
)
def test_who_wrote_is_found_by_id_and_number(
    item: Item, contacts: list[Item], sender: Sender
) -> None:
    assert sender_of(item, *contacts) == sender


def test_a_kept_item_tells_its_sender_itself() -> None:
    assert read_received(NUMBER, text("a", user_id=USER_ID), None).sender == Sender(
        USER_ID, PHONE, None
    )
