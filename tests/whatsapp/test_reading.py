"""A delivery brings every message, status and fault that is in it, each with its sender."""

from datetime import UTC, datetime

import pytest

from bot.channels.whatsapp.inbound import Fault, Sender, Status, Text
from bot.channels.whatsapp.reading import BadItem, read_delivery, read_received
from tests.whatsapp.deliveries import (
    NAME,
    NUMBER,
    PHONE,
    Item,
    body_of,
    contact,
    delivery,
    envelope,
    fault,
    status,
    text,
)


def test_a_message_is_read_whole() -> None:
    item = text("Can I run?", id="wamid.1", at=1_760_000_000, replies_to="wamid.0")
    found = read_delivery(delivery(item))
    [received] = found.messages
    assert (received.id, received.number_id, received.replies_to) == ("wamid.1", NUMBER, "wamid.0")
    assert received.sent_at == datetime(2025, 10, 9, 8, 53, 20, tzinfo=UTC)
    assert received.sender == Sender(None, PHONE, NAME)
    assert received.content == Text("Can I run?")
    assert received.referral is None
    assert received.raw == item
    assert found.statuses == found.faults == found.skipped == ()


def test_everything_in_a_batch_is_read_in_its_order() -> None:
    first = envelope(text("1"), status("wamid.a", "sent"), text("2"), fault(130429, "Too much"))
    second = envelope(text("3"), number="1000000000002")
    first["entry"][0]["changes"] += second["entry"][0]["changes"]
    first["entry"] += envelope(status("wamid.b", "read"), text("4"))["entry"]
    found = read_delivery(body_of(first))
    bodies = [(one.content, one.number_id) for one in found.messages]
    assert bodies == [
        (Text("1"), NUMBER),
        (Text("2"), NUMBER),
        (Text("3"), "1000000000002"),
        (Text("4"), NUMBER),
    ]
    assert [(one.id, one.state) for one in found.statuses] == [
        ("wamid.a", "sent"),
        ("wamid.b", "read"),
    ]
    assert found.faults == (Fault(NUMBER, 130429, "Too much"),)
    assert not found.skipped


def test_a_thousand_updates_are_read() -> None:
    items = [text(str(place), phone=f"4477009{place:05}") for place in range(1000)]
    contacts = [contact(item["from"], name=item["text"]["body"]) for item in reversed(items)]
    found = read_delivery(delivery(*items, contacts=contacts))
    assert [one.sender.name for one in found.messages] == [str(place) for place in range(1000)]


def test_the_same_message_twice_is_read_twice() -> None:
    item = text("Hello", id="wamid.1")
    first, second = read_delivery(delivery(item, item)).messages
    assert first == second


@pytest.mark.parametrize(
    ("timestamp", "seconds"),
    [
        ("1760000000", 1_760_000_000),
        (1_760_000_000, 1_760_000_000),
        *((odd, None) for odd in (None, True, 1.76e9, "1760000000.0", -1, "-1", 0, "", "now")),
        *((odd, None) for odd in ("1760000000000", 10**12, 10**250, "9" * 400, "²", [], {})),
    ],
)
def test_a_time_is_read_or_none(timestamp: object, seconds: int | None) -> None:
    item = text("a") | {"timestamp": timestamp}
    [received] = read_delivery(delivery(item)).messages
    assert received.sent_at == (seconds and datetime.fromtimestamp(seconds, UTC))
    [one] = read_delivery(delivery(status("wamid.1", "sent") | {"timestamp": timestamp})).statuses
    assert one.at == received.sent_at


def test_where_a_patient_came_from_is_kept() -> None:
    advert = {"source_id": "5", "headline": "Sore knee?", "welcome_message": {"text": "Hi"}}
    [received] = read_delivery(delivery(text("Hello") | {"referral": advert})).messages
    assert received.referral == {"source_id": "5", "headline": "Sore knee?"}


@pytest.mark.parametrize("state", ["sent", "delivered", "read", "failed", "played", "pondered"])
def test_a_status_of_any_state_is_read(state: str) -> None:
    item = status("wamid.1", state, opaque="entry-7", codes=[131049, 131026])
    at = datetime(2025, 10, 9, 8, 53, 20, tzinfo=UTC)
    assert read_delivery(delivery(item)).statuses == (
        Status("wamid.1", NUMBER, state, at, "entry-7", (131049, 131026), item),
    )


def test_errors_without_a_code_cost_a_status_nothing_else() -> None:
    item = status("wamid.1", "failed", codes=[131026])
    item["errors"] += [None, {}, {"code": True}, {"code": "131047"}, {"code": -1}, {"code": 1e30}]
    [read] = read_delivery(delivery(item)).statuses
    assert read.codes == (131026, 131047)


@pytest.mark.parametrize(
    ("item", "why"),
    [
        (text("a") | {"group_id": "6"}, "message 0: is from a group"),
        (text("a", phone=None), "message 0: has no sender"),
        (text("a", phone="Ada", user_id="Ada Moss"), "message 0: has no sender"),
        (text("a", id="wamid.\x00"), "message 0: has no id"),
        (text("a") | {"id": 7}, "message 0: has no id"),
        (status("", "sent"), "status 0: has no id"),
        (status("wamid.1", "sent\n"), "status 0: has no state"),
        (status("wamid.1", "x" * 41), "status 0: has no state"),
    ],
)
def test_what_is_left_out_is_told(item: Item, why: str) -> None:
    found = read_delivery(delivery(item, text("b")))
    assert found.skipped == (f"entry 0, change 0, {why}",)
    assert [one.content for one in found.messages] == [Text("b")]


def test_other_fields_are_left_out() -> None:
    body = envelope(text("long ago"))
    body["entry"][0]["changes"][0]["field"] = "smb_message_echoes"
    found = read_delivery(body_of(body))
    assert not found.messages
    assert found.skipped == ("entry 0, change 0: is of the field smb_message_echoes",)


def test_without_its_number_nothing_can_be_answered_but_faults_are_told() -> None:
    body = envelope(text("a"), status("wamid.1", "sent"), fault(131005))
    del body["entry"][0]["changes"][0]["value"]["metadata"]
    found = read_delivery(body_of(body))
    assert found.faults == (Fault(None, 131005, "Something went wrong"),)
    assert found.skipped == (
        "entry 0, change 0, message 0: came to no number",
        "entry 0, change 0, status 0: came to no number",
    )


@pytest.mark.parametrize("item", [None, [], "a", {}, {"id": "wamid.1"}])
def test_no_message_is_no_message(item: object) -> None:
    with pytest.raises(BadItem):
        read_received(NUMBER, item, None)
