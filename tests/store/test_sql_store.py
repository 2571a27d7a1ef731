"""What is kept comes back as it was, numbered without gaps, whoever writes."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy.dialects import sqlite

from bot.conversation import Line, Message, Outcome, Standing, UnknownConversation
from bot.conversation.holding import wait
from bot.conversation.message import Booking, Citation, Figure, Suggestion, new_id
from bot.store import SqlStore, open_store
from bot.store.columns import Utc
from bot.store.rows import message_row
from tests.databases import at_once, press, said
from tests.staff import held

FULL = Message(
    id="m1",
    kind="answer",
    text="It can last for years. Naïve “quotes”, 膝, 😀",
    intent="answer/how_long",
    confidence=0.875,
    citations=(Citation("permanence", "permanence#how-long", "How long", "It can.", "https://x"),),
    suggestions=(Suggestion("Does it wear off?", "ask:wear_off", ("permanence#wearing-off",)),),
    booking=Booking("Book", "https://clinic.example/book/t"),
    figure=Figure("timeline", "https://clinic.example/t.svg", "Timeline"),
)


def _hello(key: str | None = None) -> list[Line]:
    return said("hello", key)


async def test_a_message_comes_back_whole(store: SqlStore) -> None:
    conversation = await store.start("widget")
    kept = await store.keep(conversation, _hello())
    before = datetime.now(UTC)
    await store.finish(kept.turn_id, lambda now: Outcome((FULL,), now.holding))
    [reply] = await store.replies(kept.turn_id) or []
    assert reply.message == FULL
    assert reply.at.tzinfo is UTC
    assert timedelta(0) <= reply.at - before < timedelta(minutes=1)


async def test_a_conversation_begins_with_the_bot(store: SqlStore) -> None:
    conversation = await store.conversation(await store.start("whatsapp"))
    assert (conversation.channel, conversation.holder) == ("whatsapp", "bot")
    assert conversation.started_at.tzinfo is UTC


async def test_a_turn_and_its_replies_are_finished_together_or_not_at_all(store: SqlStore) -> None:
    conversation = await store.start("widget")
    kept = await store.keep(conversation, _hello())
    with pytest.raises(ZeroDivisionError):
        await store.finish(kept.turn_id, lambda now: Outcome((FULL,) * (1 // 0), now.holding))
    unfit = Message("m2", "answer", "b", confidence=b"c")  # type: ignore[arg-type]
    with pytest.raises(Exception, match=r"m2|confidence|float|JSON|type"):
        await store.finish(kept.turn_id, lambda now: Outcome((FULL, unfit), held(now.holding)))
    assert await store.replies(kept.turn_id) is None
    assert len(await store.entries(conversation, 0, None)) == 1
    assert (await store.conversation(conversation)).holder == "bot"


async def test_writers_that_meet_number_without_gaps(store: SqlStore, tmp_path: Path) -> None:
    other = await open_store(f"sqlite:///{tmp_path}/candor.db")
    conversation = await store.start("widget")
    sends = [
        writer.keep(conversation, _hello(str(number % 15)))
        for number in range(20)
        for writer in (store, other)
    ]
    kept = await asyncio.gather(*sends)
    assert sum(each.new for each in kept) == 15
    assert len({each.turn_id for each in kept}) == 15
    entries = await store.entries(conversation, 0, None)
    assert [entry.seq for entry in entries] == list(range(1, 16))
    await other.close()


async def test_finishing_tells_of_an_urgent_message_since(store: SqlStore) -> None:
    conversation = await store.start("widget")
    urgent = Message(new_id(), "urgent", "Please call now.")
    first = await store.keep(conversation, _hello())
    await store.keep(conversation, _hello(), settle=at_once(urgent))
    last = await store.keep(conversation, _hello())
    standings: list[Standing] = []

    def settle(standing: Standing) -> Outcome:
        standings.append(standing)
        return Outcome((), wait(standing.holding, standing.at, "asked", told=False))

    for kept in (first, last):
        await store.finish(kept.turn_id, settle)
    seen = [(one.holding.holder, one.urgent_since) for one in standings]
    assert seen == [("bot", True), ("waiting", False)]


async def test_a_restart_counts_for_the_turn_that_was_worked_on_alone(store: SqlStore) -> None:
    conversation = await store.start("widget")
    for _ in range(3):
        await store.keep(conversation, _hello())
    restarts = []
    for _ in range(3):
        assert await store.reopen() == [conversation]
        turn = await store.next_turn(conversation)
        assert turn is not None
        restarts.append(turn.restarts)
        await store.finish(turn.id, lambda now: Outcome((), now.holding))
    assert restarts == [1, 1, 1]


async def test_reopening_names_the_longest_waiting_first(store: SqlStore) -> None:
    talks = [await store.start("widget") for _ in range(3)]
    for talk in (talks[2], talks[0], talks[2]):
        await store.keep(talk, _hello())
    assert await store.reopen() == [talks[2], talks[0]]
    turn = await store.next_turn(talks[0])
    assert turn is not None
    assert turn.restarts == 1


async def test_a_click_needs_its_conversation(store: SqlStore) -> None:
    with pytest.raises(UnknownConversation):
        await press(store, "nobody", "m1")
    assert await store.booking_clicks() == 0


async def test_whoever_goes_away_half_way_locks_nobody_out(store: SqlStore) -> None:
    conversation = await store.start("widget")
    for steps in range(12):
        sending = asyncio.create_task(store.keep(conversation, _hello()))
        for _ in range(steps):
            await asyncio.sleep(0)
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
    async with asyncio.timeout(2):
        await store.keep(conversation, _hello())


def test_moments_are_kept_in_utc() -> None:
    indian = timezone(timedelta(hours=5, minutes=30))
    kept = Utc().process_bind_param(datetime(2026, 1, 1, 3, tzinfo=indian), sqlite.dialect())
    assert kept == datetime(2025, 12, 31, 21, 30, tzinfo=UTC)
    assert kept.tzinfo is UTC
    forgetful = kept.replace(tzinfo=None)
    assert Utc().process_result_value(forgetful, sqlite.dialect()) == kept


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Utc().process_bind_param(datetime(2026, 1, 1), sqlite.dialect())


def test_a_row_holds_every_part_of_a_message() -> None:
    row = message_row("c", "t", 1, "assistant", Line(FULL), datetime.now(UTC))
    assert {**row, **row["extras"]}.keys() >= FULL.to_dict().keys()
