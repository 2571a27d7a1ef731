"""A delivery is kept as far as it is needed, each update once, and whoever works on it is woken."""

import json
import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.whatsapp.intake import PAUSES, STATES
from bot.channels.whatsapp.least import least
from bot.channels.whatsapp.reading import read_delivery
from bot.channels.whatsapp.window import now
from bot.store import open_store
from bot.store.whatsapp import WhatsAppStore
from tests.databases import url_of
from tests.whatsapp import deliveries as meta
from tests.whatsapp.deliveries import Item, delivery
from tests.whatsapp.desk import Desk

NUMBER = meta.NUMBER
HALF = "a sore knee \ud83d"


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    store = await open_store(url_of(tmp_path))
    yield Desk(WhatsAppStore(store.database))
    await store.close()


EVERY = [
    meta.text("is it permanent?"),
    meta.button("ask:it", "Is it?"),
    meta.button_reply("ask:it", "Is it?"),
    meta.list_reply("ask:it", "Is it?"),
    meta.reaction("wamid.1", "👍"),
    meta.reaction("wamid.1", None),
    *(meta.media(kind, "my knee") for kind in ("image", "video", "document", "audio", "voice")),
    meta.media("sticker"),
    meta.place(),
    meta.cards(),
    meta.order(),
    meta.edit("wamid.1", meta.text("is it?")),
    meta.edit("wamid.1", meta.media("image", "my knee")),
    meta.edit("wamid.1", meta.place()),
    meta.revoke("wamid.1"),
    meta.new_number(),
    meta.unsupported("poll"),
    meta.message("hologram", {"shape": "a knee"}),
    meta.message("type", None),
]


@pytest.mark.parametrize("item", EVERY, ids=lambda item: item["type"])
async def test_what_is_kept_reads_the_same(desk: Desk, item: Item) -> None:
    [came] = read_delivery(delivery(item)).messages
    await desk.take(item)
    [kept] = await desk.kept()
    assert (kept.id, kept.number_id, kept.sent_at) == (came.id, came.number_id, came.sent_at)
    assert kept.content == came.content
    assert kept.replies_to == came.replies_to
    assert (kept.sender.phone, kept.sender.user_id) == (came.sender.phone, came.sender.user_id)


@pytest.mark.parametrize(
    ("item", "secret"),
    [
        (meta.place(), "park"),
        (meta.place(), "51.5"),
        (meta.cards(), "Reed"),
        (meta.cards(), "7700"),
        (meta.media("image", "my knee"), "sha256"),
        (meta.media("document"), "3000000000001"),
        (meta.edit("wamid.1", meta.place()), "park"),
        (meta.text("hello") | {"referral": {"headline": "Sore knee?"}}, "knee"),
    ],
)
def test_nothing_is_kept_that_nobody_needs(item: Item, secret: str) -> None:
    assert secret in json.dumps(item)
    assert secret not in json.dumps(least(item))


async def test_half_characters_are_mended_before_they_are_kept(desk: Desk) -> None:
    await desk.take(meta.text(HALF), meta.button_reply(HALF, HALF))
    text, tap = await desk.kept()
    assert [one.content for one in (text, tap)] == [
        type(text.content)(body="a sore knee \ufffd"),  # type: ignore[call-arg]
        type(tap.content)(payload="a sore knee \ufffd", label="a sore knee \ufffd"),  # type: ignore[call-arg]
    ]


async def test_each_message_is_taken_counted_and_worked_on_once(desk: Desk) -> None:
    first, second = meta.text("one"), meta.text("two")
    await desk.take(first, second)
    await desk.take(second, first)
    assert len(await desk.kept()) == 2
    assert desk.counted == [("candor_messages_total", "whatsapp")] * 2
    assert len(desk.inbox) == 1
    # Whoever works on them wakes the outbox afterwards: STOP comes before what was held.
    assert desk.outbox == []


async def test_a_delivery_without_news_wakes_nobody(desk: Desk) -> None:
    await desk.take()
    await desk.take(meta.fault(131000))
    assert desk.inbox == desk.outbox == desk.counted == []


@pytest.mark.parametrize(
    ("item", "opens"),
    [
        (meta.text("hello"), True),
        (meta.media("image"), True),
        (meta.button_reply("ask:it", "Is it?"), True),
        (meta.edit("wamid.1", meta.text("hello")), True),
        (meta.unsupported(), True),
        (meta.reaction("wamid.1", "👍"), False),
        (meta.revoke("wamid.1"), False),
        (meta.new_number(), False),
    ],
    ids=lambda value: value["type"] if isinstance(value, dict) else "",
)
async def test_who_writes_opens_the_window(desk: Desk, item: Item, opens: bool) -> None:
    await desk.take(item)
    assert ((await desk.contact()).wrote_at is not None) is opens


async def test_a_clock_ahead_of_ours_keeps_no_window_open(desk: Desk) -> None:
    await desk.take(meta.text("hello", at=now() + timedelta(days=3)))
    wrote_at = (await desk.contact()).wrote_at
    assert wrote_at is not None
    assert now() - timedelta(minutes=1) < wrote_at <= now()


@pytest.mark.parametrize(("told", "state"), sorted(STATES.items()))
async def test_statuses_bring_a_message_forward(desk: Desk, told: str, state: str) -> None:
    await desk.take(meta.text("hello"))
    sent = await desk.sent()
    desk.outbox.clear()
    for _ in range(2):
        await desk.take(meta.status("w1", told, opaque=sent.opaque))
    found = await desk.store.sent_as("w1")
    assert found is not None
    assert found.state == state
    assert desk.outbox == [sent.contact_id]


@pytest.mark.parametrize("told", ["deleted", "warning", "blue"])
async def test_a_status_that_says_nothing_of_it_changes_nothing(desk: Desk, told: str) -> None:
    await desk.take(meta.text("hello"))
    sent = await desk.sent()
    await desk.take(meta.status("w1", told, opaque=sent.opaque))
    assert await desk.store.sent_as("w1") == sent


@pytest.mark.parametrize(
    ("codes", "state"),
    [
        ([131047], "held"),
        ([131000], "waiting"),
        ([130429], "waiting"),
        ([131056], "waiting"),
        ([131026], "failed"),
        ([131042], "waiting"),
        ([999999], "failed"),
        ([], "failed"),
    ],
)
async def test_what_fails_on_its_way(
    desk: Desk, caplog: pytest.LogCaptureFixture, codes: list[int], state: str
) -> None:
    await desk.take(meta.text("hello"))
    sent = await desk.sent()
    desk.counted.clear()
    with caplog.at_level(logging.INFO):
        for at in (meta.SENT_AT, meta.SENT_AT + 5):
            await desk.take(meta.status("w1", "failed", opaque=sent.opaque, codes=codes, at=at))
    found = await desk.store.sent_as("w1")
    assert found is not None
    assert found.state == state
    waits = (found.due_at - now()).total_seconds()
    assert waits <= max(PAUSES.values())
    assert (waits > 5) is (state == "waiting")
    failed = state == "failed"
    assert len(caplog.records) == len(desk.counted) == int(failed)
    assert not failed or f"(code {codes[0] if codes else 0})" in caplog.text
    assert meta.PHONE not in caplog.text
