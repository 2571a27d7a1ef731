"""Whatever comes: nothing raises but BadDelivery, and one odd item costs no other."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import deepcopy
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.whatsapp.inbound import Delivery
from bot.channels.whatsapp.reading import (
    MOST_LEVELS,
    BadDelivery,
    read_delivery,
    read_received,
    read_status,
)
from tests.whatsapp import deliveries as of
from tests.whatsapp.deliveries import body_of, delivery, envelope

Path = tuple[str | int, ...]

KEYS = ("entry", "changes", "field", "value", "messages", "statuses", "errors", "contacts", "id")
KEYS += ("metadata", "from", "type", "text", "interactive", "edit", "message", "system", "context")
TEXTS = st.sampled_from((*KEYS, "image", "button_reply", "wamid.1", of.PHONE)) | st.text(
    st.characters(codec=None)
)
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.just(10**4000)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
ITEMS = (
    of.text("Hello", user_id=of.USER_ID, replies_to="wamid.0"),
    of.button_reply("/a", "A"),
    of.media("image", "knee", phone=of.OTHER_PHONE),
    of.edit("wamid.1", of.list_reply("/b", "B")),
    of.new_number() | {"referral": {"source_id": "5"}},
    of.status("wamid.2", "failed", opaque="7", codes=[131026]),
    of.status("wamid.3", "read"),
    of.fault(131005),
)


WHOLE: dict[str, Any] = envelope(*ITEMS)
WHOLE["entry"] += envelope(of.text("untouched"), of.status("wamid.9", "sent"))["entry"]


def paths(value: object, path: Path = ()) -> Iterator[Path]:
    """Return the way to everything in a value."""
    yield path
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from paths(inner, (*path, key))


def by_name(found: Delivery) -> dict[object, object]:
    """Return what was found by id; faults by their code."""
    named = {one.id: one for one in (*found.messages, *found.statuses)}
    return named | {one.code: one for one in found.faults}


def named_places() -> Iterator[tuple[Path, object]]:
    """Return the way to each item of WHOLE, and its name."""
    for path in paths(WHOLE):
        if len(path) == 7 and path[5] in ("messages", "statuses", "errors"):
            item = at(WHOLE, path)
            yield path, item.get("id") or item["code"]


def at(value: Any, path: Path) -> Any:  # noqa: ANN401
    for step in path:
        value = value[step]
    return value


def written(raw: object) -> object:
    """Return what is kept, as it comes back from strict JSON."""
    return json.loads(json.dumps(raw, allow_nan=False))


def again(found: Delivery) -> None:
    """Read everything again from what is kept of it."""
    for one in found.messages:
        assert read_received(one.number_id, written(one.raw), one.sender) == one
    for one in found.statuses:
        assert read_status(one.number_id, written(one.raw)) == one


PLACES = tuple(named_places())
# Where anything may be put: within the first entry.
GRAFTS = [path for path in paths(WHOLE) if path[:2] == ("entry", 0) and len(path) > 2]


def test_what_was_read_can_be_kept_and_read_again() -> None:
    found = read_delivery(body_of(WHOLE))
    assert by_name(found).keys() == {name for _, name in PLACES}
    again(found)


@given(JSON)
def test_any_json_is_a_delivery_or_a_bad_one(value: object) -> None:
    body = body_of(value)
    if isinstance(value, dict):
        again(read_delivery(body))
    else:
        with pytest.raises(BadDelivery):
            read_delivery(body)


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_raise_nothing_else(body: bytes) -> None:
    with suppress(BadDelivery):
        again(read_delivery(body))


@cache
def unharmed() -> Delivery:
    return read_delivery(body_of(WHOLE))


def spared(graft: Path) -> set[object]:
    """Return the names of the items that a change there mustn't cost."""
    shared = ("field" in graft or "metadata" in graft) and graft[:2]
    return {
        name
        for path, name in PLACES
        if graft[: len(path)] != path[: len(graft)] and path[:2] != shared
    }


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.sampled_from(GRAFTS), JSON)
def test_anything_anywhere_costs_only_what_is_there(path: Path, graft: object) -> None:
    changed = deepcopy(WHOLE)
    at(changed, path[:-1])[path[-1]] = graft
    before, found = unharmed(), read_delivery(body_of(changed))
    again(found)
    for name in spared(path):
        assert name in by_name(found)
        # Another contact is another name for a message's sender.
        assert "contacts" in path[:6] or by_name(found)[name] == by_name(before)[name]


@pytest.mark.parametrize("deeper", [lambda inner: [inner], lambda inner: {"edit": inner}])
def test_what_is_nested_too_deeply_costs_itself_only(deeper: Callable[[object], object]) -> None:
    inner: object = "end"
    for _ in range(MOST_LEVELS):
        inner = deeper(inner)
    found = read_delivery(delivery(of.text("a") | {"more": inner}, of.text("b")))
    assert found.skipped == ("entry 0, change 0, message 0: is nested too deeply",)
    assert len(found.messages) == 1


@pytest.mark.parametrize("odd", [7, True, "odd", {"odd": 1}, [7, None, "odd", []]])
def test_odd_lists_beside_an_item_cost_it_nothing(odd: object) -> None:
    items = (of.text("a") | {"errors": odd}, of.status("wamid.1", "sent") | {"errors": odd})
    body = envelope(*items, contacts=odd)
    found = read_delivery(body_of(body))
    assert (len(found.messages), len(found.statuses), found.skipped) == (1, 1, ())
    assert found.statuses[0].codes == ()


@pytest.mark.parametrize("number", ["1e999", "-1e999", "9" * 5000, "-" + "9" * 5000])
@pytest.mark.parametrize("field", ["timestamp", "from", "text", "more"])
def test_a_number_too_large_costs_its_item_at_most(number: str, field: str) -> None:
    body = delivery(of.text("a") | {field: "HERE"}, of.text("b"))
    found = read_delivery(body.replace(b'"HERE"', number.encode()))
    assert len(found.messages) + len(found.skipped) == 2
    again(found)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"entry"',
        b'{"entry": NaN}',
        b'{"entry": -Infinity}',
        b'{"entry": "\xff"}',
        b'{"entry": "\xed\xa0\x80"}',
        b"\xef\xbb\xbf{}",
        "{}".encode("utf-16"),
        b'{"entry": ' + b"[" * 500_000 + b"]" * 500_000 + b"}",
    ],
)
def test_no_delivery_is_a_bad_delivery(body: bytes) -> None:
    with pytest.raises(BadDelivery):
        read_delivery(body)
