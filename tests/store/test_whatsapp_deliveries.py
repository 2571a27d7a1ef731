"""What goes to people on WhatsApp is queued once, settled once, and goes with its conversation."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.conversation import Change, Message
from bot.conversation.holding import hand_back, warned
from bot.store import SqlStore, open_store
from bot.store.whatsapp import OPEN, Contact, Delivery, NewDelivery, State, WhatsAppStore, Who
from tests.databases import url_of
from tests.staff import ADA, say_in
from tests.store.whatsapp_kept import HELLO, files_hold, met, of, rows, talking, turn

DONE: tuple[State, ...] = ("accepted", "sent", "delivered", "read", "failed", "dropped")


async def _queue_news(kept: WhatsAppStore, contact: Contact) -> None:
    entries = await kept.unqueued(contact)
    new = [NewDelivery(HELLO, seq=one.seq, message_id=one.message.id) for one in entries]
    if entries:
        await kept.queue(contact, new, entries[-1].seq)


async def _only(kept: WhatsAppStore, contact: Contact) -> Delivery:
    [delivery] = await kept.open_deliveries(contact.id)
    return delivery


async def test_an_entry_is_queued_once(store: SqlStore, kept: WhatsAppStore) -> None:
    pat = await talking(kept)
    reply = await turn(store, pat.conversation_id, "Yes.")
    for _ in range(3):
        await _queue_news(kept, pat)  # each time as things stood at first
    delivery = await _only(kept, pat)
    assert (delivery.seq, delivery.part, delivery.message_id) == (2, 0, reply.id)
    assert (delivery.state, delivery.attempts, delivery.doubts) == ("waiting", 0, 0)
    assert delivery.content == HELLO
    assert await kept.unqueued(await of(kept, pat.id)) == []


async def test_so_it_is_from_two_stores_at_once(tmp_path: Path) -> None:
    stores = [await open_store(url_of(tmp_path)) for _ in range(2)]
    both = [WhatsAppStore(store.database) for store in stores]
    pat = await talking(both[0])
    for number in range(5):
        await turn(stores[0], pat.conversation_id, f"Answer {number}.")
    await asyncio.gather(*(_queue_news(one, pat) for one in both * 4))
    queued = await both[0].open_deliveries(pat.id)
    assert [one.seq for one in queued] == [2, 4, 6, 8, 10]
    assert len({one.opaque for one in queued}) == 5
    for store in stores:
        await store.close()


async def test_what_was_queued_up_to_never_goes_back(store: SqlStore, kept: WhatsAppStore) -> None:
    pat = await talking(kept)
    await turn(store, pat.conversation_id, "One.")
    early = await kept.unqueued(pat)
    await turn(store, pat.conversation_id, "Two.")
    await _queue_news(kept, pat)
    await kept.queue(pat, [NewDelivery(HELLO, seq=one.seq) for one in early], early[-1].seq)
    assert (await of(kept, pat.id)).queued_seq == 4
    assert len(await kept.open_deliveries(pat.id)) == 2


async def test_nor_does_it_touch_a_conversation_begun_meanwhile(
    store: SqlStore, kept: WhatsAppStore
) -> None:
    pat = await talking(kept)
    for _ in range(3):
        await turn(store, pat.conversation_id, "Yes.")
    before = await kept.unqueued(pat)
    await store.forget(str(pat.conversation_id))
    begun = await kept.converse(pat.id)
    await kept.queue(pat, [NewDelivery(HELLO, seq=one.seq) for one in before], before[-1].seq)
    await kept.queue_aside(pat.id, "part 1", HELLO, pat.conversation_id)
    assert await kept.open_deliveries(pat.id) == []
    await turn(store, begun, "No.")
    now = await of(kept, pat.id)
    assert (now.queued_seq, now.conversation_id) == (0, begun)
    assert [one.message.text for one in await kept.unqueued(now)] == ["No."]


async def test_an_entry_may_have_parts(store: SqlStore, kept: WhatsAppStore) -> None:
    pat = await talking(kept)
    await turn(store, pat.conversation_id, "Yes.")
    parts = [NewDelivery(HELLO, seq=2, part=part) for part in (0, 1, 1, 2)]
    await kept.queue(pat, parts)
    await kept.queue(pat, parts)
    assert [one.part for one in await kept.open_deliveries(pat.id)] == [0, 1, 2]


async def test_what_stands_beside_is_queued_once_for_each_person(kept: WhatsAppStore) -> None:
    pat, ben = await talking(kept), await talking(kept, Who("GB.2", None))
    for contact in (pat, pat, ben):
        await kept.queue_aside(contact.id, "part 1", HELLO, contact.conversation_id)
        await kept.queue_aside(contact.id, "farewell", HELLO)
    for contact in (pat, ben):
        queued = await kept.open_deliveries(contact.id)
        assert [one.conversation_id for one in queued] == [contact.conversation_id, None]
    await kept.settle(queued[0], "accepted", graph_id="w1")
    await kept.queue_aside(ben.id, "part 1", HELLO, ben.conversation_id)
    assert len(await kept.open_deliveries(ben.id)) == 1


async def test_an_emergency_is_first_and_the_rest_in_order(
    store: SqlStore, kept: WhatsAppStore
) -> None:
    pat = await talking(kept)
    new = [NewDelivery(HELLO, seq=seq, urgent=seq == 4) for seq in (2, 4, 6)]
    await kept.queue(pat, new)
    assert [one.seq for one in await kept.open_deliveries(pat.id)] == [4, 2, 6]


async def test_only_what_is_said_here_goes_out_here(store: SqlStore, kept: WhatsAppStore) -> None:
    conversation = await store.start("widget")
    await turn(store, conversation, "An answer on the website.", key="widget-")
    await say_in(store, conversation, Message("s1", "staff", "Seen on the website."))
    await store.change(conversation, lambda now, at: Change(hand_back(now, at, ADA).holding))
    pat = await met(kept)
    await kept.allow_carry(conversation, "code")
    assert await kept.carry(pat.id, "code", timedelta(hours=1))
    pat = await of(kept, pat.id)
    assert (pat.conversation_id, await kept.unqueued(pat)) == (conversation, [])
    await turn(store, conversation, "A late answer on the website.", key="widget-")
    await turn(store, conversation, "One without a key.", key=None)
    await turn(store, conversation, "An answer here.")
    await say_in(store, conversation, Message("s2", "staff", "For here."))
    said = [one.message.text for one in await kept.unqueued(pat)]
    assert said == ["An answer here.", "For here."]
    assert await kept.left() == [pat.id]
    await _queue_news(kept, pat)
    assert await kept.unqueued(await of(kept, pat.id)) == []


async def test_an_emergency_goes_along_to_the_conversation_that_is_carried_over(
    store: SqlStore, kept: WhatsAppStore
) -> None:
    pat, conversation = await talking(kept), await store.start("widget")
    before = str(pat.conversation_id)
    await store.change(before, lambda now, at: Change(warned(now, at)))
    since = (await store.conversation(before)).holding.urgent
    await kept.allow_carry(conversation, "code")
    assert await kept.carry(pat.id, "code", timedelta(hours=1))
    assert (await store.conversation(conversation)).holding.urgent == since is not None
    assert (await store.conversation(before)).holding.urgent is None


@pytest.mark.parametrize("state", OPEN)
async def test_what_is_open_is_settled(kept: WhatsAppStore, state: State) -> None:
    pat = await talking(kept)
    await kept.queue_aside(pat.id, "a", HELLO)
    delivery = await _only(kept, pat)
    if state != "waiting":
        assert await kept.settle(delivery, state, attempts=1, doubts=1)
        assert not await kept.settle(delivery, "held"), "it isn't as it was known any more"
        delivery = await _only(kept, pat)
    later = datetime.now(UTC) + timedelta(hours=1)
    assert await kept.settle(delivery, "held", due_at=later, code=131047, content={"type": "text"})
    now = await _only(kept, pat)
    assert (now.state, now.due_at, now.code) == ("held", later, 131047)
    assert now.content == {"type": "text"}
    assert (now.attempts, now.doubts) == ((0, 0) if state == "waiting" else (1, 1))


@pytest.mark.parametrize("state", DONE)
async def test_what_is_done_stays_done(kept: WhatsAppStore, state: State) -> None:
    pat = await talking(kept)
    await kept.queue_aside(pat.id, "a", HELLO)
    delivery = await _only(kept, pat)
    assert await kept.settle(delivery, state, graph_id="w1")
    assert not await kept.settle(delivery, "waiting", graph_id="w2")
    assert not await kept.settle(delivery, "sending")
    found = await kept.sent_as("w1")
    assert found is not None
    assert found.state == state
    assert await kept.sent_as("w2") is None
    assert await kept.open_deliveries(pat.id) == []


async def test_of_two_who_lease_at_once_one_sends(tmp_path: Path) -> None:
    stores = [await open_store(url_of(tmp_path)) for _ in range(2)]
    both = [WhatsAppStore(store.database) for store in stores]
    pat = await talking(both[0])
    await both[0].queue_aside(pat.id, "a", HELLO)
    delivery = await _only(both[1], pat)
    leased = await asyncio.gather(
        *(one.settle(delivery, "sending", attempts=1) for one in both * 3)
    )
    assert sorted(leased) == [False] * 5 + [True]
    assert (await _only(both[1], pat)).attempts == 1
    for store in stores:
        await store.close()


async def test_deliveries_go_with_their_conversation(
    tmp_path: Path, store: SqlStore, kept: WhatsAppStore
) -> None:
    pat, ben = await talking(kept), await talking(kept, Who("GB.2", None))
    for contact in (pat, ben):
        secret = {"type": "text", "text": {"body": f"A secret for {contact.user_id}."}}
        await kept.queue(contact, [NewDelivery(secret, seq=2)])
        await kept.queue_aside(contact.id, "part 1", secret, contact.conversation_id)
        await kept.queue_aside(contact.id, "farewell", HELLO)
    await store.forget(str(pat.conversation_id))
    assert [one.message_id for one in await kept.open_deliveries(pat.id)] == ["farewell"]
    assert len(await kept.open_deliveries(ben.id)) == 3
    assert not files_hold(tmp_path, "A secret for GB.1")
    assert files_hold(tmp_path, "A secret for GB.2")
    # The contact has none now, and begins a new one with the next message.
    assert (await of(kept, pat.id)).conversation_id is None
    assert await kept.converse(pat.id) != pat.conversation_id
    assert rows(store, "SELECT conversation_id FROM whatsapp_contacts WHERE id = :id", id=ben.id)
