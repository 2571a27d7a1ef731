"""However tries are timed and spread, nobody guesses more often than the rules let them."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine

from bot.desk.gate import BY_ADDRESS, BY_LOGIN, Gate
from bot.store.desk import Rule
from bot.store.desk.trying import clear, give_back, take
from bot.store.tables import metadata
from tests.desk.conftest import Clock

BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
# Seconds until the next try, and from which address it comes.
TRIES = st.lists(
    st.tuples(st.sampled_from([0, 1, 59, 300, 899, 900, 901, 1800, 40_000]), st.integers(0, 8)),
    min_size=1,
    max_size=120,
)


@contextmanager
def tables() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.tables["desk_tries"].create(connection)
        yield connection
    engine.dispose()


def most_within(moments: list[datetime], span: timedelta) -> int:
    return max((sum(at <= one < at + span for one in moments) for at in moments), default=0)


@given(TRIES)
@settings(deadline=None, max_examples=40)
def test_no_login_is_guessed_at_more_often_than_the_rule_says(tries: list[tuple[int, int]]) -> None:
    allowed: list[datetime] = []
    now = BEGIN
    with tables() as connection:
        for pause, address in tries:
            now += timedelta(seconds=pause)
            rules = (("login", BY_LOGIN), (f"address {address}", BY_ADDRESS))
            taken = take(connection, rules, now)
            if taken.allowed:
                allowed.append(now)
            else:
                assert taken.locked_until is not None
                assert taken.locked_until > now
    assert most_within(allowed, QUARTER) <= BY_LOGIN.free


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 30)), max_size=120))
@settings(deadline=None, max_examples=40)
def test_no_address_guesses_more_often_than_the_rule_says(tries: list[tuple[int, int]]) -> None:
    allowed: list[datetime] = []
    now = BEGIN
    with tables() as connection:
        for pause, login in tries:
            now += timedelta(seconds=pause)
            rules = ((f"login {login}", BY_LOGIN), ("address", BY_ADDRESS))
            if take(connection, rules, now).allowed:
                allowed.append(now)
    assert most_within(allowed, QUARTER) <= BY_ADDRESS.free


def test_each_lock_is_twice_as_long_as_the_one_before_up_to_a_day() -> None:
    waits, now = [], BEGIN
    with tables() as connection:
        for _ in range(10):
            for _ in range(BY_LOGIN.free):
                taken = take(connection, (("login", BY_LOGIN),), now)
                assert taken.allowed
            assert taken.locked_until is not None
            waits.append((taken.locked_until - now) // timedelta(minutes=1))
            now = taken.locked_until
    assert waits == [15, 30, 60, 120, 240, 480, 960, 1440, 1440, 1440]


def test_what_did_not_fail_is_taken_back_and_old_failures_are_forgotten() -> None:
    rule = (("login", Rule(free=2)),)
    with tables() as connection:
        assert take(connection, rule, BEGIN).left == 1
        assert take(connection, rule, BEGIN).locked_until is not None
        give_back(connection, ["login"])
        assert take(connection, rule, BEGIN).allowed
        assert not take(connection, rule, BEGIN).allowed
        clear(connection, "login")
        assert take(connection, rule, BEGIN).left == 1
        assert take(connection, rule, BEGIN + timedelta(days=3)).left == 1


async def test_tries_at_the_same_moment_count_one_by_one(gate: Gate, clock: Clock) -> None:
    rules = ((gate.login_key("anna"), BY_LOGIN), (gate.address_key("192.0.2.1"), BY_ADDRESS))
    taken = await asyncio.gather(*(gate.store.take_try(rules, clock()) for _ in range(40)))
    assert sum(one.allowed for one in taken) == BY_LOGIN.free
