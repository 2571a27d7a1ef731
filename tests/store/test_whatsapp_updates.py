"""What comes from WhatsApp is kept once, worked on in order, and leaves nothing but a key."""

import asyncio
import time
from datetime import timedelta
from pathlib import Path

import pytest

from bot.runtime.whatsapp import KEY_DAYS
from bot.store import SqlStore, open_store
from bot.store.whatsapp import Incoming, Report, WhatsAppStore, Who
from tests.databases import url_of
from tests.store.whatsapp_kept import NOW, PAT, files_hold, incoming, met, rows, talking

SECRET = "a secret symptom"


async def test_the_same_key_is_the_same_message(kept: WhatsAppStore) -> None:
    first = await kept.take([incoming("m1"), incoming("m2"), incoming("m1")], [])
    again = await kept.take([incoming("m2"), incoming("m3")], [])
    assert (first.new, again.new) == (2, 1)
    assert first.wrote == again.wrote
    [pat] = first.wrote
    assert [one.key for one in await kept.waiting(pat)] == ["m1", "m2", "m3"]
    await kept.done([one.id for one in await kept.waiting(pat)])
    assert (await kept.take([incoming("m1")], [])).new == 0


async def test_two_deliveries_at_once_keep_each_message_once(tmp_path: Path) -> None:
    stores = [await open_store(url_of(tmp_path)) for _ in range(2)]
    keys = [f"m{number}" for number in range(20)]
    news = [WhatsAppStore(store.database) for store in stores for _ in range(4)]
    taken = await asyncio.gather(*(one.take([incoming(key) for key in keys], []) for one in news))
    assert sorted(one.new for one in taken) == [0] * 7 + [20]
    assert len({person for one in taken for person in one.wrote}) == 1
    assert len(rows(stores[0], "SELECT id FROM whatsapp_contacts")) == 1
    for store in stores:
        await store.close()


async def test_messages_are_worked_on_by_whatsapps_time_then_as_they_came(
    kept: WhatsAppStore,
) -> None:
    seconds = {"c": 2, "a": 0, "d": 2, "b": 1, "e": 2}
    for key, late in seconds.items():
        taken = await kept.take([incoming(key, at=NOW + timedelta(seconds=late))], [])
    waiting = await kept.waiting(taken.wrote[0])
    assert [one.key for one in waiting] == ["a", "b", "c", "d", "e"]
    assert waiting[0].sent_at == NOW
    assert waiting[0].content == {"raw": "a"}


async def test_each_persons_messages_are_theirs(kept: WhatsAppStore) -> None:
    ben = Who("GB.2", None)
    taken = await kept.take([incoming("a"), incoming("b", ben), incoming("c")], [])
    assert [[one.key for one in await kept.waiting(person)] for person in taken.wrote[:2]] == [
        ["a", "c"],
        ["b"],
    ]
    assert sorted(await kept.left()) == sorted(taken.wrote)


async def test_what_is_done_leaves_a_key_that_tells_nothing(
    tmp_path: Path, store: SqlStore, kept: WhatsAppStore
) -> None:
    pat = await talking(kept)
    await kept.take([incoming("m1", content={"raw": SECRET})], [])
    assert files_hold(tmp_path, SECRET)
    await kept.done([one.id for one in await kept.waiting(pat.id)], pat.id)
    await kept.forget_older(NOW)
    assert not files_hold(tmp_path, SECRET)
    [row] = rows(store, "SELECT * FROM whatsapp_updates WHERE key = 'm1'")
    assert (row["contact_id"], row["content"]) == (None, None)


async def test_nothing_of_somebody_is_left_in_the_files_with_the_last_of_their_messages(
    tmp_path: Path, kept: WhatsAppStore
) -> None:
    await talking(kept, Who("GB.2", None))
    pat = await met(kept)
    await kept.take([incoming("m1", content={"raw": SECRET})], [])
    words = [SECRET, *filter(None, (PAT.phone, PAT.user_id, PAT.name))]
    assert [files_hold(tmp_path, one) for one in words] == [True] * 4
    await kept.done([one.id for one in await kept.waiting(pat.id)], pat.id)
    assert [files_hold(tmp_path, one) for one in words] == [False] * 4


async def test_nothing_is_left_in_the_files_after_a_conversation_is_deleted(
    tmp_path: Path, store: SqlStore, kept: WhatsAppStore
) -> None:
    pat = await talking(kept)
    await kept.take([incoming("m1", content={"raw": SECRET})], [])
    await kept.queue_aside(pat.id, "farewell", {"type": "text"})
    await store.forget(str(pat.conversation_id))
    await kept.reset(pat.id)
    [farewell] = await kept.open_deliveries(pat.id)
    await kept.settle(farewell, "accepted", graph_id="wamid.447700900001")
    # The message that asked for it is done with last, or the farewell is sent last.
    await kept.forget_done()
    await kept.done([one.id for one in await kept.waiting(pat.id)], pat.id)
    words = [SECRET, *filter(None, (PAT.phone, PAT.user_id, PAT.name))]
    assert [files_hold(tmp_path, one) for one in words] == [False] * 4


@pytest.mark.parametrize("has_conversation", [True, False])
async def test_a_message_that_waits_can_be_shut_out(
    tmp_path: Path, kept: WhatsAppStore, has_conversation: bool
) -> None:
    pat = await (talking if has_conversation else met)(kept)
    before = await kept.waiting(pat.id)
    await kept.take([incoming("m1", content={"raw": SECRET})], [])
    await kept.shut_out("m1")
    assert await kept.waiting(pat.id) == before
    assert not files_hold(tmp_path, SECRET)
    await kept.shut_out("m1")
    assert (await kept.take([incoming("m1")], [])).new == 0


async def test_so_can_one_that_comes_later(tmp_path: Path, kept: WhatsAppStore) -> None:
    await kept.shut_out("m1")
    taken = await kept.take([incoming("m1", content={"raw": SECRET})], [])
    assert (taken.new, taken.wrote) == (0, ())
    assert not files_hold(tmp_path, SECRET)


async def test_keys_are_forgotten_after_nine_days(store: SqlStore, kept: WhatsAppStore) -> None:
    pat = await talking(kept)
    taken = await kept.take([incoming("waits")], [Report("status", None, "w", "sent")])
    assert taken.new == 1
    [waits] = await kept.waiting(pat.id)
    now = waits.arrived_at
    assert await kept.forget_older(now - timedelta(days=KEY_DAYS)) == 0
    later = now + timedelta(days=KEY_DAYS, seconds=1) - timedelta(days=KEY_DAYS)
    # What is still to be worked on stays, whatever its age.
    assert await kept.forget_older(later) == 2
    assert [one["key"] for one in rows(store, "SELECT key FROM whatsapp_updates")] == ["waits"]
    await kept.done([waits.id])
    assert await kept.forget_older(later) == 1
    assert KEY_DAYS > 7  # WhatsApp repeats what it couldn't deliver for so many days


async def test_many_keys_are_forgotten_in_several_steps(
    store: SqlStore, kept: WhatsAppStore
) -> None:
    at = f"{NOW:%F %T.000000}"
    with store.database.writer.begin() as connection:
        sql = "INSERT INTO whatsapp_updates (key, sent_at, arrived_at) VALUES (?, ?, ?)"
        connection.exec_driver_sql(sql, [(f"k{number}", at, at) for number in range(12_000)])
    assert await kept.forget_older(NOW) == 0
    assert await kept.forget_older(NOW + timedelta(seconds=1)) == 12_000


async def test_a_delivery_of_a_thousand_updates_is_kept_in_good_time(kept: WhatsAppStore) -> None:
    people = [Who(f"GB.{number}", f"4477009{number:05}") for number in range(300)]
    messages: list[Incoming] = [
        incoming(f"m{number}", people[number % 300], referral={"headline": "Sore knee?"})
        for number in range(700)
    ]
    reports = [Report(f"s{number}", f"o{number}", f"w{number}", "sent") for number in range(300)]
    begun = time.process_time()
    taken = await kept.take(messages, reports)
    assert time.process_time() - begun < 5
    assert (taken.new, len(taken.wrote)) == (700, 300)
    begun = time.process_time()
    again = await kept.take(messages, reports)
    assert time.process_time() - begun < 2
    assert again.new == 0
