"""Whatever Graph tells of a message, in whatever order and how often, it only goes forward."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from sqlalchemy import Connection, Engine, create_engine

from bot.store.migrate import migrate
from bot.store.whatsapp import OPEN, Report, State, people, reports
from bot.store.whatsapp.reports import MOST_ATTEMPTS, RANKS
from tests.store.whatsapp_life import (
    NOW,
    Deed,
    Life,
    deeds,
    lease_it,
    queued,
    row_of,
    settle_it,
    tell,
)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        migrate(connection)
    yield engine
    engine.dispose()


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(done=deeds)
def test_a_message_never_goes_back(engine: Engine, done: list[Deed]) -> None:
    with queued(engine) as (connection, _):
        reopened, life = 0, Life(connection)
        for deed in done:
            before = row_of(connection)
            life.do(deed)
            after = row_of(connection)
            back = RANKS.get(after.state, 0) < RANKS.get(before.state, 0)
            bad_news = deed[0] == "report" and deed[1] not in RANKS
            # What has arrived stays so; before, only news that it failed takes it back.
            assert not back or (bad_news and before.state in ("accepted", "sent"))
            reopened += before.state not in OPEN and after.state in OPEN
            assert after.attempts >= before.attempts
        assert reopened <= min(MOST_ATTEMPTS, row_of(connection).attempts)


@settings(max_examples=60, deadline=None)
@given(done=deeds)
def test_the_same_news_twice_is_the_same_as_once(engine: Engine, done: list[Deed]) -> None:
    with queued(engine) as (connection, _):
        life = Life(connection)
        for deed in done:
            before = set(life.told)
            life.do(deed)
            if life.told != before:
                once = row_of(connection)
                life.told = before
                life.do(deed)
                assert row_of(connection) == once


def _sent(connection: Connection, graph_id: str = "w1") -> None:
    assert lease_it(connection)
    assert settle_it(connection, "accepted", graph_id)


def test_what_fails_for_a_while_is_sent_again_at_most_so_often(engine: Engine) -> None:
    with queued(engine) as (connection, contact):
        for attempt in range(1, MOST_ATTEMPTS + 1):
            _sent(connection, f"w{attempt}")
            assert tell(connection, "waiting", f"w{attempt}", code=131000) == (contact,)
            row = row_of(connection)
            assert row.attempts == attempt
            if attempt < MOST_ATTEMPTS:
                assert (row.state, row.due_at) == ("waiting", NOW + timedelta(seconds=10))
        assert (row.state, row.code) == ("failed", 131000)
        assert not lease_it(connection)


@pytest.mark.parametrize("named", [True, False])
def test_a_failure_told_twice_happened_once(engine: Engine, named: bool) -> None:
    with queued(engine) as (connection, _):
        _sent(connection)
        assert tell(connection, "waiting", "w1", named=named)
        assert not tell(connection, "failed", "w1", named=named)
        assert lease_it(connection)
        # The next attempt is under way, and nothing is known of it.
        assert not tell(connection, "waiting", "w1", named=named)
        assert row_of(connection).state == "sending"
        assert settle_it(connection, "accepted", "w2")
        assert not tell(connection, "failed", "w1", named=named)
        assert row_of(connection).state == "accepted"
        assert tell(connection, "failed", "w2", named=named)
        assert row_of(connection).state == "failed"


@pytest.mark.parametrize("state", ["waiting", "held", "failed"])
def test_late_news_of_what_failed_later_changes_nothing(engine: Engine, state: State) -> None:
    with queued(engine) as (connection, _):
        _sent(connection)
        tell(connection, state, "w1")
        assert not tell(connection, "sent", "w1")
        assert row_of(connection).state == state
        assert tell(connection, "delivered", "w1")  # whoever has it has it
        assert row_of(connection).state == "delivered"


@pytest.mark.parametrize("state", ["sending", "unsure", "waiting"])
def test_news_by_our_name_for_it_ends_the_doubt(engine: Engine, state: State) -> None:
    with queued(engine) as (connection, contact):
        assert lease_it(connection)
        settle_it(connection, state)
        assert tell(connection, "sent", "w1") == (contact,)
        assert (row_of(connection).state, row_of(connection).graph_id) == ("sent", "w1")
        assert not settle_it(connection, "accepted", "w1")
        assert not tell(connection, None, "w1")


def test_news_of_others_messages_changes_nothing(engine: Engine) -> None:
    with queued(engine) as (connection, _):
        _sent(connection)
        told = [Report("k", "somebody else's", "w9", "failed"), Report("k", None, "w9", "read")]
        assert reports.apply(connection, told, NOW) == ((), ())
        assert row_of(connection).state == "accepted"


@pytest.mark.parametrize(("wrote_since", "open_still"), [(False, False), (True, True)])
def test_a_closed_window_holds_it_unless_the_patient_wrote_since(
    engine: Engine, wrote_since: bool, open_still: bool
) -> None:
    with queued(engine) as (connection, contact):
        _sent(connection)
        if wrote_since:
            people.wrote(connection, contact, datetime.now(UTC) + timedelta(seconds=1), None)
        assert tell(connection, "held", "w1", code=131047) == (contact,)
        assert row_of(connection).state == "held"
        [now] = connection.execute(people.CONTACT, {"contact": contact})
        assert (now.wrote_at is not None) is open_still
