"""Bookings find the conversation they came from, whatever order they are told in."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache, partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, StaticPool, create_engine, select, text

from bot.conversation import Message, UnknownConversation
from bot.conversation.message import new_id
from bot.store import SqlStore, bookings
from bot.store.booking_news import Told, take
from bot.store.booking_tables import bookings as table
from bot.store.states import start
from bot.store.tables import metadata
from tests.databases import at_once, said

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
CONVERSATION, REFERENCE = "c" * 32, "e" * 32
ALWAYS = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


def told(key: str, state: bookings.State = "booked", minutes: int = 0, **more: str) -> Told:
    """What is told of a booking after so many minutes; each telling names another time."""
    at = NOW + timedelta(minutes=minutes)
    return Told("calcom", key, state, at, at + timedelta(days=1), **more)


A = told("a", reference=REFERENCE)
# How one visit may go on: booked, moved twice as either provider tells it, and cancelled at last.
WAY = (
    A,
    told("a", minutes=5),  # a new time under the same name
    told("b", minutes=10, instead_of="a"),
    told("a", "moved", minutes=10),
    told("c", minutes=20, instead_of="b", reference="f" * 32),
    told("c", "cancelled", minutes=30),
)


@cache
def _engine() -> Engine:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    metadata.create_all(engine)
    return engine


@contextmanager
def small_database() -> Iterator[Connection]:
    with _engine().connect() as connection:
        start(connection, "widget", CONVERSATION)
        bookings.click(connection, CONVERSATION, "m", REFERENCE)
        yield connection
        connection.rollback()


def kept(connection: Connection) -> tuple[object, ...]:
    columns = (table.c.key, table.c.state, table.c.starts_at, table.c.instead_of)
    rows = connection.execute(
        select(*columns, table.c.reference, table.c.from_chat).order_by(table.c.key)
    ).all()
    return (*rows, connection.execute(text("SELECT visit FROM booking_clicks")).scalar_one())


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_order_and_repetition_change_nothing(data: st.DataObject) -> None:
    some = data.draw(st.lists(st.sampled_from(WAY), min_size=1, unique=True))
    again = data.draw(st.permutations([*some, *data.draw(st.lists(st.sampled_from(some)))]))
    outcomes = []
    for order in (some, again):
        with small_database() as connection:
            news = [take(connection, one, NOW).new for one in order]
            outcomes.append(kept(connection))
            assert news[0]
            before = outcomes[-1]
            assert not any(take(connection, one, NOW).new for one in order)
            assert kept(connection) == before
    assert outcomes[0] == outcomes[1]


def test_a_visit_is_followed_through_every_move() -> None:
    states = []
    with small_database() as connection:
        for one in WAY:
            assert take(connection, one, NOW).from_chat
            *rows, visit = kept(connection)
            assert {row.reference for row in rows} == {REFERENCE}  # type: ignore[attr-defined]
            states.append(("".join(row.state[0] for row in rows), visit))  # type: ignore[attr-defined]
    assert states == [
        ("b", "booked"),
        ("b", "booked"),
        ("mb", "booked"),
        ("mb", "booked"),
        ("mmb", "booked"),
        ("mmc", "cancelled"),
    ]


def test_what_is_over_is_not_booked_again_by_an_old_delivery() -> None:
    with small_database() as connection:
        take(connection, told("a", "cancelled", minutes=9), NOW)
        assert not take(connection, told("a", minutes=1), NOW).new
        assert take(connection, told("a", minutes=99), NOW).new, "its time was told later"
        assert kept(connection)[0].state == "cancelled"  # type: ignore[attr-defined]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_a_loop_of_moves_ends(order: tuple[int, ...]) -> None:
    loop = [
        told("a", instead_of="b", reference=REFERENCE),
        told("b", instead_of="a"),
        told("c", instead_of="c"),
    ]
    with small_database() as connection:
        for number in order:
            take(connection, loop[number], NOW)
        assert len(kept(connection)) == 4


async def _pressed(store: SqlStore, intent: str, reference: str | None) -> tuple[str, str]:
    conversation = await store.start("widget")
    answer = Message(new_id(), "answer", "Yes.", intent)
    await store.keep(conversation, said("Is it?"), settle=at_once(answer))
    press = partial(bookings.click, of=conversation, message_id=answer.id, reference=reference)
    await store.database.write(press)
    return conversation, answer.id


async def test_it_is_known_which_answers_led_to_a_visit(store: SqlStore) -> None:
    conversation, message = await _pressed(store, "is_it_safe", "1" * 32)
    await _pressed(store, "is_it_safe", "2" * 32)
    await _pressed(store, "is_it_permanent", "3" * 32)
    for one in (
        told("a", reference="1" * 32),
        told("b", reference="3" * 32),
        told("b", "cancelled", 5),
        told("x", reference="4" * 32),
        told("y"),
        told("z", instead_of="y"),
    ):
        await store.database.write(partial(take, told=one, now=NOW))
    [booked] = await bookings.of_conversation(store.database, conversation)
    assert (booked.state, booked.message_id, booked.intent) == ("booked", message, "is_it_safe")
    assert booked.starts_at == NOW + timedelta(days=1)
    expected = [bookings.Led("is_it_safe", 2, 1, 0), bookings.Led("is_it_permanent", 1, 0, 1)]
    assert await bookings.led_to_visits(store.database, *ALWAYS) == expected
    assert await bookings.totals(store.database, *ALWAYS) == bookings.Totals(3, 1, 1, 2)
    assert await bookings.led_to_visits(store.database, NOW, NOW) == []


async def test_nothing_leads_from_a_booking_to_a_deleted_conversation(store: SqlStore) -> None:
    conversation, _ = await _pressed(store, "is_it_safe", REFERENCE)
    await store.database.write(partial(take, told=A, now=NOW))
    await store.forget(conversation)
    for one in (A, told("b", instead_of="a", reference=REFERENCE)):
        assert (await store.database.write(partial(take, told=one, now=NOW))).from_chat
    with store.database.reader.connect() as connection:
        assert connection.execute(select(table.c.reference)).scalars().all() == [None, None]
        left = connection.execute(text("SELECT count(*) FROM booking_references")).scalar()
    assert left == 0
    assert await bookings.of_conversation(store.database, conversation) == []
    [led] = await bookings.led_to_visits(store.database, *ALWAYS)
    assert led == bookings.Led("is_it_safe", 1, 1, 0)
    assert (await bookings.totals(store.database, *ALWAYS)).without_conversation == 0


async def test_a_press_in_no_conversation_is_refused(store: SqlStore) -> None:
    press = partial(bookings.click, of="nobody", message_id="m", reference=REFERENCE)
    with pytest.raises(UnknownConversation):
        await store.database.write(press)
