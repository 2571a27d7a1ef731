"""A message on its way: sent, settled and told of, in whatever order."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, select

from bot.store.whatsapp import NewDelivery, Report, State, Who, outgoing, people, reports
from bot.store.whatsapp.reports import RANKS
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


@contextmanager
def queued(engine: Engine) -> Iterator[tuple[Connection, str]]:
    """A message that waits to be sent to somebody, until the block ends."""
    with engine.connect() as connection:
        contact = people.meet(connection, Who("GB.1", None))
        people.wrote(connection, contact, NOW, None)
        outgoing.queue(connection, contact, None, [NewDelivery({"type": "text"})])
        yield connection, contact
        connection.rollback()


def row_of(connection: Connection) -> Any:  # noqa: ANN401
    """The message as it is kept."""
    return connection.execute(select(deliveries)).one()


def lease_it(connection: Connection) -> bool:
    """Begin to send it; False when another has."""
    now = outgoing.delivery_of(row_of(connection))
    return outgoing.settle(connection, now, {"state": "sending"}, attempts=1)


def settle_it(connection: Connection, state: State, graph_id: str | None = None) -> bool:
    """Say what became of it."""
    values: dict[str, Any] = {"state": state} | ({"graph_id": graph_id} if graph_id else {})
    return outgoing.settle(connection, outgoing.delivery_of(row_of(connection)), values)


def tell(
    connection: Connection, state: State | None, graph_id: str, *, named: bool = True, code: int = 1
) -> tuple[str, ...]:
    """Let Graph tell what became of it, by our name for it or by its own only."""
    opaque = row_of(connection).opaque if named else None
    told = Report("key", opaque, graph_id, state, None if state in RANKS else code, 10)
    changed, failed = reports.apply(connection, [told], NOW)
    assert failed == ((code,) if changed and row_of(connection).state == "failed" else ())
    return changed


@dataclass
class Life:
    """A message between us and Graph, which has one name of its own for each attempt."""

    connection: Connection
    leases: list[int] = field(default_factory=list)
    told: set[tuple[str, str]] = field(default_factory=set)

    def do(self, deed: Deed) -> None:
        """Do a deed, as far as it can happen; of a name the same is told once."""
        attempts = row_of(self.connection).attempts
        match deed:
            case ("lease",) if lease_it(self.connection):
                self.leases.append(attempts + 1)
            case ("settle", state, _, _) if self.leases:
                # Whoever sent it says so once, perhaps after the next attempt has begun.
                lease = self.leases.pop()
                settle_it(self.connection, state, f"w{lease}" if state == "accepted" else None)
            case ("report", state, copy, named) if attempts:
                graph_id = f"w{copy % attempts + 1}"
                news = (graph_id, state if state in RANKS else "failed")
                if news not in self.told:
                    self.told.add(news)
                    tell(self.connection, state, graph_id, named=named)
