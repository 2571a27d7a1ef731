"""Who wants to be rung: kept with the reply, worked through by staff, and gone in time."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import text

from bot.conversation import Message, Reply
from bot.conversation.callbacks import CallBack, Wish, Withdrawn, wish_from_dict, wish_to_dict
from bot.conversation.message import new_id
from bot.conversation.settling import settle
from bot.store import SqlStore
from bot.store.desk import AuditEntry, DeskStore, Staff, callbacks
from bot.store.desk.callbacks import Deed, Listed, Overtaken, TakenDown
from tests.databases import said
from tests.staff import take_in

NOW = datetime(2026, 3, 23, 10, 0, tzinfo=UTC)
ASKED = CallBack("Priya Raman", "+447700900142", "tomorrow", NOW + timedelta(days=1), "prices")
ANNA = Staff(*("anna", "anna", "Anna Kerr", "front_desk"), False, True, NOW, "x", None)


def deed(action: str = "callback.done", at: datetime = NOW) -> Deed:
    return Deed("anna", at, AuditEntry("anna", "anna", action))


async def listed(store: SqlStore, query: object = callbacks.OPEN) -> list[Listed]:
    return [callbacks.listed_of(row) for row in await store.database.read(query)]  # type: ignore[arg-type]


async def tell(store: SqlStore, conversation: str, wish: Wish | None, kind: str = "booking") -> str:
    """Finish a turn with a reply that hands on a wish; return the turn."""
    kept = await store.keep(conversation, said("yes", new_id()))
    reply = Reply([Message(new_id(), kind, "It is noted.")], {}, wish)  # type: ignore[arg-type]
    await store.finish(kept.turn_id, partial(settle, reply))
    return kept.turn_id


@pytest.fixture
async def desk(store: SqlStore) -> SqlStore:
    await DeskStore(store.database).add(ANNA, AuditEntry(None, "anna", "staff.added"))
    return store


async def test_a_wish_is_kept_once_with_the_reply_that_says_so(store: SqlStore) -> None:
    conversation = await store.start("widget")
    turn = await tell(store, conversation, ASKED)
    reply = Reply([Message(new_id(), "booking", "Again.")], {}, ASKED)
    assert not await store.finish(turn, partial(settle, reply))
    [one] = await listed(store)
    assert (one.name, one.number, one.wanted, one.due_at, one.about) == (
        *("Priya Raman", "+447700900142", "tomorrow", ASKED.due_at, "prices"),
    )
    assert (one.conversation_id, one.channel, one.state, one.tries) == (
        *(conversation, "widget", "open", 0),
    )


@pytest.mark.parametrize("kind", ["urgent", "staff holds"])
async def test_what_was_not_said_is_not_kept(store: SqlStore, kind: str) -> None:
    conversation = await store.start("widget")
    if kind == "staff holds":
        await take_in(store, conversation)
    await tell(store, conversation, ASKED, "urgent" if kind == "urgent" else "booking")
    assert await listed(store) == []


async def test_a_reply_that_cannot_be_kept_keeps_no_wish(store: SqlStore) -> None:
    conversation = await store.start("widget")
    kept = await store.keep(conversation, said("yes", new_id()))
    broken = Reply([Message(new_id(), "booking", None)], {}, ASKED)  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        await store.finish(kept.turn_id, partial(settle, broken))
    assert await listed(store) == []


async def test_the_newest_wish_counts_and_is_withdrawn(store: SqlStore) -> None:
    conversation, other = await store.start("widget"), await store.start("whatsapp")
    await tell(store, other, ASKED)
    await tell(store, conversation, ASKED)
    await tell(store, conversation, CallBack("Tom", "+447700900143", "now", NOW, ""))
    assert [one.name for one in await listed(store)] == ["Tom", "Priya Raman"]
    await tell(store, conversation, Withdrawn())
    assert [one.name for one in await listed(store)] == ["Priya Raman"]
    over = await listed(store, callbacks.DONE)
    assert {(one.name, one.outcome) for one in over} == {
        ("Tom", "patient"),
        ("Priya Raman", "replaced"),
    }


async def test_it_goes_with_its_conversation(store: SqlStore) -> None:
    conversation = await store.start("widget")
    await tell(store, conversation, ASKED)
    await store.forget(conversation)
    assert await store.database.read(text("SELECT id FROM callbacks")) == []


async def test_what_staff_took_down_goes_in_time(desk: SqlStore) -> None:
    await desk.database.write(partial(callbacks.add, wish=ASKED, deed=deed("callback.added")))
    gone = TakenDown(desk.database)
    assert await gone.forget_older(NOW) == 0
    assert await gone.forget_older(NOW + timedelta(seconds=1)) == 1
    assert await listed(desk) == []


async def test_staff_strike_it_off_put_it_off_and_take_that_back(desk: SqlStore) -> None:
    conversation = await desk.start("widget")
    await tell(desk, conversation, ASKED)
    [one] = await listed(desk)
    later = NOW + timedelta(hours=1)
    put_off = partial(callbacks.put_off, callback_id=one.id, due_at=later)
    await desk.database.write(partial(put_off, tries=0, deed=deed("callback.no_answer")))
    with pytest.raises(Overtaken):
        await desk.database.write(partial(put_off, tries=0, deed=deed()))
    [tried] = await listed(desk)
    assert (tried.tries, tried.due_at, tried.by) == (1, later, "Anna Kerr")
    await desk.database.write(
        partial(callbacks.take_back, seen=tried, deed=deed("callback.undone"))
    )
    [again] = await listed(desk)
    assert (again.tries, again.due_at) == (0, ASKED.due_at)
    with pytest.raises(Overtaken):
        await desk.database.write(partial(callbacks.take_back, seen=again, deed=deed()))
    finish = partial(callbacks.finish, callback_id=one.id, tries=0)
    await desk.database.write(partial(finish, outcome="booked", deed=deed()))
    with pytest.raises(Overtaken):
        await desk.database.write(partial(finish, outcome="other", deed=deed()))
    [done] = await listed(desk, callbacks.DONE)
    assert (done.outcome, done.by, done.at) == ("booked", "Anna Kerr", NOW)
    await desk.database.write(partial(callbacks.take_back, seen=done, deed=deed("callback.undone")))
    assert [item.state for item in await listed(desk)] == ["open"]
    audited = [one.entry.action for one in await DeskStore(desk.database).audited(None, 9)]
    assert audited[:4] == [
        *("callback.undone", "callback.done", "callback.undone", "callback.no_answer"),
    ]


async def test_what_the_patient_withdrew_stays_withdrawn(desk: SqlStore) -> None:
    conversation = await desk.start("widget")
    await tell(desk, conversation, ASKED)
    await tell(desk, conversation, Withdrawn())
    [over] = await listed(desk, callbacks.DONE)
    with pytest.raises(Overtaken):
        await desk.database.write(partial(callbacks.take_back, seen=over, deed=deed()))


def test_a_wish_comes_through_as_it_was() -> None:
    for wish in (ASKED, Withdrawn()):
        assert wish_from_dict(wish_to_dict(wish)) == wish
    assert wish_from_dict(None) is None
    for wrong in ({}, {"name": "x"}, {**wish_to_dict(ASKED), "due_at": "2026-03-23T10:00:00"}):
        with pytest.raises((KeyError, ValueError)):
            wish_from_dict(wrong)
