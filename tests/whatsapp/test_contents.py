"""What a message holds, for every type that WhatsApp sends."""

import pytest

from bot.channels.whatsapp.inbound import (
    Cards,
    Content,
    Edit,
    Media,
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
from bot.channels.whatsapp.reading import read_delivery
from tests.whatsapp import deliveries as of
from tests.whatsapp.deliveries import USER_ID, Item, delivery, message


def content_of(item: Item) -> Content:
    found = read_delivery(delivery(item))
    assert not found.skipped
    [received] = found.messages
    return received.content


READ: list[tuple[Item, Content]] = [
    (of.text("Is it sore?"), Text("Is it sore?")),
    (of.text(""), Text("")),
    (of.text("  a\r\nb\x00\ud83d "), Text("  a\r\nb\x00\ud83d ")),
    (of.button("stop", "Stop"), Tapped("stop", "Stop")),
    (message("button", {"text": "Stop"}), Tapped("Stop", "Stop")),
    (message("button", {"payload": "stop"}), Tapped("stop", "stop")),
    (of.button_reply("/person", "A person"), Tapped("/person", "A person")),
    (of.list_reply("/ask", "Ask"), Tapped("/ask", "Ask")),
    (of.reaction("wamid.1", "👍"), Reaction("wamid.1", "👍")),
    (of.reaction("wamid.1", ""), Reaction("wamid.1", None)),
    (of.reaction("wamid.1", None), Reaction("wamid.1", None)),
    (of.media("image"), Media("image", None)),
    (of.media("image", "my knee"), Media("image", "my knee")),
    (of.media("image", ""), Media("image", None)),
    (of.media("video", "bending it"), Media("video", "bending it")),
    (of.media("document", "the letter"), Media("document", "the letter")),
    (of.media("sticker"), Media("sticker", None)),
    (of.media("audio"), Media("audio", None)),
    (of.media("voice"), Media("voice", None)),
    (message("voice", {"id": "3"}), Media("voice", None)),
    (message("audio", {"id": "3", "voice": "true"}), Media("audio", None)),
    (message("image", {"errors": [of.fault(131052)]}), Media("image", None)),
    (message("image", None), Media("image", None)),
    (of.place(), Place()),
    (of.cards(), Cards()),
    (of.order(), Order()),
    (of.edit("wamid.1", of.text("I mean left")), Edit("wamid.1", Text("I mean left"))),
    (of.edit("wamid.1", of.media("image", "left")), Edit("wamid.1", Media("image", "left"))),
    (of.revoke("wamid.1"), Revoke("wamid.1")),
    (of.new_number("447700900005"), NewNumber("447700900005", None)),
    (of.new_number(None, USER_ID, "user_changed_user_id"), NewNumber(None, USER_ID)),
    (of.new_number("447700900005", USER_ID), NewNumber("447700900005", USER_ID)),
    (of.new_number(kind="customer_changed_number"), NewNumber(of.OTHER_PHONE, None)),
    (
        message("system", {"type": "customer_changed_number", "new_wa_id": "447700900005"}),
        NewNumber("447700900005", None),
    ),
]


@pytest.mark.parametrize(("item", "content"), READ, ids=lambda case: str(case)[:60])
def test_every_type_is_read(item: Item, content: Content) -> None:
    assert content_of(item) == content


UNREADABLE: list[tuple[Item, str]] = [
    (message("text", None), "text"),
    (message("text", {"body": None}), "text"),
    (message("text", {"body": ["Hello"]}), "text"),
    (message("text", "Hello"), "text"),
    (message("button", {"payload": 1, "text": None}), "button"),
    (message("interactive", None), "interactive"),
    (message("interactive", {"type": "button_reply"}), "interactive"),
    (message("interactive", {"type": "list_reply", "list_reply": {"id": 7}}), "interactive"),
    (message("interactive", {"type": "nfm_reply", "nfm_reply": {}}), "interactive:nfm_reply"),
    (message("interactive", {"type": ["list_reply"]}), "interactive:unknown"),
    (message("reaction", {"emoji": "👍"}), "reaction"),
    (message("reaction", {"message_id": "two words", "emoji": "👍"}), "reaction"),
    (message("edit", {"message": of.text("New")}), "edit"),
    (message("edit", {"original_message_id": "wamid.1", "message": []}), "edit"),
    (message("revoke", {}), "revoke"),
    (of.unsupported(), "unsupported"),
    (of.unsupported("poll"), "unsupported:poll"),
    (message("request_welcome", None), "request_welcome"),
    (message("text", None) | {"type": None}, "unknown"),
    (message("text", None) | {"type": {"text": 1}}, "unknown"),
    (message("text", None) | {"type": "ÄÖ \n"}, "unknown"),
    (
        message("text", None) | {"type": "Poll\n-V3 " + 50 * "x"},
        "pollv3" + 34 * "x",
    ),
]


@pytest.mark.parametrize(("item", "kind"), UNREADABLE, ids=lambda case: str(case)[:60])
def test_what_cant_be_read_comes_in_all_the_same(item: Item, kind: str) -> None:
    assert content_of(item) == Unreadable(kind)


@pytest.mark.parametrize(
    "item",
    [
        of.new_number(None),
        message("system", {"type": "customer_identity_changed"}),
        message("system", None),
    ],
)
def test_what_nobody_wrote_is_told(item: Item) -> None:
    assert content_of(item) == Told()


@pytest.mark.parametrize("kind", ["edit", "revoke", "reaction", "system"])
def test_an_edit_makes_no_other_thing_of_a_message(kind: str) -> None:
    inner = message(kind, {"original_message_id": "wamid.2", "message_id": "wamid.2"})
    assert content_of(of.edit("wamid.1", inner)) == Edit("wamid.1", Unreadable(kind))
