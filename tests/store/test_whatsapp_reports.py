"""Whatever Graph tells of a message, in whatever order and how often, it only goes forward."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, create_engine, select

from bot.store.migrate import migrate
from bot.store.whatsapp import OPEN, NewDelivery, Report, State, Who, outgoing, people, reports
from bot.store.whatsapp.reports import MOST_ATTEMPTS, RANKS
from bot.store.whatsapp.tables import deliveries

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
TOLD: tuple[State, ...] = ("sent", "delivered", "read", "failed", "waiting", "held")
SETTLED: tuple[State, ...] = ("unsure", "accepted", "waiting", "held", "failed", "dropped")

Deed = tuple[Literal["lease"]] | tuple[Literal["settle", "report"], State, int, bool]
deeds = st.lists(
    st.one_of(
        st.just(("lease",)),
        st.tuples(st.just("settle"), st.sampled_from(SETTLED), st.integers(0, 2), st.booleans()),
        st.tuples(st.just("report"), st.sampled_from(TOLD), st.integers(0, 2), st.booleans()),
    ),
    max_size=15,
)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        migrate(connection)
    yield engine
    engine.dispose()


@contextmanager
def _queued(engine: Engine) -> Iterator[tuple[Connection, str]]:
    """A message that waits to be sent to somebody, until the block ends."""
    with engine.connect() as connection:
        contact = people.meet(connection, Who("GB.1", None))
        people.wrote(connection, contact, NOW, None)
        outgoing.queue(connection, contact, None, [NewDelivery({"type": "text"})])
        yield connection, contact
        connection.rollback()


def _row(connection: Connection) -> Any:  # noqa: ANN401
    return connection.execute(select(deliveries)).one()


def _lease(connection: Connection) -> bool:
    now = outgoing.delivery_of(_row(connection))
    return outgoing.settle(connection, now, {"state": "sending"}, attempts=1)


def _settle(connection: Connection, state: State, graph_id: str | None = None) -> bool:
    values: dict[str, Any] = {"state": state} | ({"graph_id": graph_id} if graph_id else {})
    return outgoing.settle(connection, outgoing.delivery_of(_row(connection)), values)


def _tell(
    connection: Connection, state: State | None, graph_id: str, *, named: bool = True, code: int = 1
) -> tuple[str, ...]:
    opaque = _row(connection).opaque if named else None
    told = Report("key", opaque, graph_id, state, None if state in RANKS else code, 10)
    changed, failed = reports.apply(connection, [told], NOW)
    assert failed == ((code,) if changed and _row(connection).state == "failed" else ())
    return changed


@dataclass
class Life:
    """A message between us and Graph, which has one name of its own for each attempt."""

    connection: Connection
    leases: list[int] = field(default_factory=list)
    told: set[tuple[str, str]] = field(default_factory=set)

    def do(self, deed: Deed) -> None:
        """Do a deed, as far as it can happen; of a name the same is told once."""
        attempts = _row(self.connection).attempts
        match deed:
            case ("lease",) if _lease(self.connection):
                self.leases.append(attempts + 1)
            case ("settle", state, _, _) if self.leases:
                # Whoever sent it says so once, perhaps after the next attempt has begun.
                lease = self.leases.pop()
                _settle(self.connection, state, f"w{lease}" if state == "accepted" else None)
            case ("report", state, copy, named) if attempts:
                graph_id = f"w{copy % attempts + 1}"
                news = (graph_id, state if state in RANKS else "failed")
                if news not in self.told:
                    self.told.add(news)
                    _tell(self.connection, state, graph_id, named=named)


@settings(deadline=None)
@given(done=deeds)
def test_a_message_never_goes_back(engine: Engine, done: list[Deed]) -> None:
    with _queued(engine) as (connection, _):
        reopened, life = 0, Life(connection)
        for deed in done:
            before = _row(connection)
            life.do(deed)
            after = _row(connection)
            back = RANKS.get(after.state, 0) < RANKS.get(before.state, 0)
            bad_news = deed[0] == "report" and deed[1] not in RANKS
            # What has arrived stays so; before, only news that it failed takes it back.
            assert not back or (bad_news and before.state in ("accepted", "sent"))
            reopened += before.state not in OPEN and after.state in OPEN
            assert after.attempts >= before.attempts
        assert reopened <= min(MOST_ATTEMPTS, _row(connection).attempts)


@settings(deadline=None)
@given(done=deeds)
def test_the_same_news_twice_is_the_same_as_once(engine: Engine, done: list[Deed]) -> None:
    with _queued(engine) as (connection, _):
        life = Life(connection)
        for deed in done:
            before = set(life.told)
            life.do(deed)
            if life.told != before:
                once = _row(connection)
                life.told = before
                life.do(deed)
                assert _row(connection) == once


def _sent(connection: Connection, graph_id: str = "w1") -> None:
    assert _lease(connection)
    assert _settle(connection, "accepted", graph_id)


def test_what_fails_for_a_while_is_sent_again_at_most_so_often(engine: Engine) -> None:
    with _queued(engine) as (connection, contact):
        for attempt in range(1, MOST_ATTEMPTS + 1):
            _sent(connection, f"w{attempt}")
            assert _tell(connection, "waiting", f"w{attempt}", code=131000) == (contact,)
            row = _row(connection)
            assert row.attempts == attempt
            if attempt < MOST_ATTEMPTS:
                assert (row.state, row.due_at) == ("waiting", NOW + timedelta(seconds=10))
        assert (row.state, row.code) == ("failed", 131000)
        assert not _lease(connection)


@pytest.mark.parametrize("named", [True, False])
def test_a_failure_told_twice_happened_once(engine: Engine, named: bool) -> None:
    with _queued(engine) as (connection, _):
        _sent(connection)
        assert _tell(connection, "waiting", "w1", named=named)
        assert not _tell(connection, "failed", "w1", named=named)
        assert _lease(connection)
        # The next attempt is under way, and nothing is known of it.
        assert not _tell(connection, "waiting", "w1", named=named)
        assert _row(connection).state == "sending"
        assert _settle(connection, "accepted", "w2")
        assert not _tell(connection, "failed", "w1", named=named)
        assert _row(connection).state == "accepted"
        assert _tell(connection, "failed", "w2", named=named)
        assert _row(connection).state == "failed"


@pytest.mark.parametrize("state", ["waiting", "held", "failed"])
def test_late_news_of_what_failed_later_changes_nothing(engine: Engine, state: State) -> None:
    with _queued(engine) as (connection, _):
        _sent(connection)
        _tell(connection, state, "w1")
        assert not _tell(connection, "sent", "w1")
        assert _row(connection).state == state
        assert _tell(connection, "delivered", "w1")  # whoever has it has it
        assert _row(connection).state == "delivered"


@pytest.mark.parametrize("state", ["sending", "unsure", "waiting"])
def test_news_by_our_name_for_it_ends_the_doubt(engine: Engine, state: State) -> None:
    with _queued(engine) as (connection, contact):
        assert _lease(connection)
        _settle(connection, state)
        assert _tell(connection, "sent", "w1") == (contact,)
        assert (_row(connection).state, _row(connection).graph_id) == ("sent", "w1")
        assert not _settle(connection, "accepted", "w1")
        assert not _tell(connection, None, "w1")


def test_news_of_others_messages_changes_nothing(engine: Engine) -> None:
    with _queued(engine) as (connection, _):
        _sent(connection)
        told = [Report("k", "somebody else's", "w9", "failed"), Report("k", None, "w9", "read")]
        assert reports.apply(connection, told, NOW) == ((), ())
        assert _row(connection).state == "accepted"


@pytest.mark.parametrize(("wrote_since", "open_still"), [(False, False), (True, True)])
def test_a_closed_window_holds_it_unless_the_patient_wrote_since(
    engine: Engine, wrote_since: bool, open_still: bool
) -> None:
    with _queued(engine) as (connection, contact):
        _sent(connection)
        if wrote_since:
            people.wrote(connection, contact, datetime.now(UTC) + timedelta(seconds=1), None)
        assert _tell(connection, "held", "w1", code=131047) == (contact,)
        assert _row(connection).state == "held"
        [now] = connection.execute(people.CONTACT, {"contact": contact})
        assert (now.wrote_at is not None) is open_still
