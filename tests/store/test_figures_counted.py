"""When conversations are counted, and what of them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, Insert, Select, text
from sqlalchemy.dialects import postgresql

from bot.conversation import Message
from bot.conversation.tallying import tally
from bot.conversation.visits import Transcript
from bot.store import SqlStore
from bot.store.desk import figures as counting
from bot.store.desk import figures_counting, figures_tables, figures_transcripts
from bot.store.desk.figures import Figures
from bot.store.desk.figures_transcripts import transcripts
from bot.store.desk.upserting import upsert
from tests.databases import at_once, press, said

LONDON = ZoneInfo("Europe/London")
FAR = datetime(2099, 1, 1, tzinfo=UTC)


@pytest.fixture
async def figures(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> Figures:
    monkeypatch.setattr(counting, "PAUSE_SECONDS", 0)
    return Figures(store.database)


async def numbers(figures: Figures) -> dict[tuple[str, str], int]:
    rows = await figures.totals(date(2026, 1, 1), date(2099, 1, 1))
    return {(row.channel, row.measure): row.number for row in rows}


async def ask(store: SqlStore, channel: str = "widget", kind: str = "answer") -> str:
    of = await store.start(channel)
    reply = Message(f"r{of}", kind, "It can last.", "is_it_permanent")  # type: ignore[arg-type]
    await store.keep(of, said("Is it permanent?"), settle=at_once(reply))
    return of


async def test_what_is_deleted_before_it_was_counted_is_counted(
    store: SqlStore, figures: Figures
) -> None:
    for _ in range(3):
        await ask(store)
    await store.forget_some(datetime.now(UTC) + timedelta(days=1))
    assert await numbers(figures) == {("widget", "conversation"): 3, ("widget", "answered"): 3}
    assert await figures.count(LONDON) == 0


async def test_a_deletion_that_is_undone_counts_nothing(store: SqlStore, figures: Figures) -> None:
    of = await ask(store)

    def deleted_in_vain(connection: Connection) -> None:
        figures_counting.count_last(connection, [of])
        raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        await store.database.write(deleted_in_vain)
    assert await numbers(figures) == {}
    await figures.count(LONDON)
    assert (await numbers(figures))["widget", "conversation"] == 1


async def test_a_fault_in_counting_stops_no_deletion(
    store: SqlStore,
    figures: Figures,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("a sore knee")

    of = await ask(store)
    monkeypatch.setattr(figures_counting, "tally", broken)
    await store.forget(of)
    assert await numbers(figures) == {}
    [record] = caplog.records
    assert "deleted without being counted: KeyError" in record.getMessage()
    assert "knee" not in caplog.text


async def test_what_was_counted_stays_with_its_channel(store: SqlStore, figures: Figures) -> None:
    of = await ask(store)
    await figures.count(LONDON)
    moved = text("UPDATE conversations SET channel = 'whatsapp'")
    await store.database.write(lambda connection: connection.execute(moved))
    reply = Message("r", "decline", "The articles don't say.", "cost")
    await store.keep(of, said("What does it cost?"), settle=at_once(reply))
    await figures.count(LONDON)
    assert await numbers(figures) == {
        ("widget", "conversation"): 1,
        ("widget", "answered"): 1,
        ("whatsapp", "declined"): 1,
    }


async def test_a_mind_that_changes_counts_once(store: SqlStore, figures: Figures) -> None:
    of = await ask(store)
    for helpful in (True, False, True, False):
        await store.rate(of, f"r{of}", helpful, None)
        await figures.count(LONDON)
    assert await numbers(figures) == {
        ("widget", "conversation"): 1,
        ("widget", "answered"): 1,
        ("widget", "not_helpful"): 1,
    }


async def test_counting_reads_only_what_is_new(store: SqlStore, figures: Figures) -> None:
    for _ in range(5):
        await ask(store)
    assert await figures.count(LONDON) == 5
    assert await figures.count(LONDON) == 0
    of = await ask(store, "whatsapp")
    assert await figures.count(LONDON) == 1
    await press(store, of, f"r{of}")
    assert await figures.count(LONDON) == 1
    tomorrow = datetime.now(UTC) + timedelta(hours=25)
    assert await figures.count(LONDON, lambda: tomorrow) == 6
    assert (await figures.standing()).counted_to == tomorrow


async def test_no_word_of_a_patient_is_read_to_count(store: SqlStore, figures: Figures) -> None:
    of = await ask(store)
    read = await store.database.examine(lambda connection: transcripts(connection, [of]))
    assert "permanent?" not in str(read)
    assert isinstance(read[of].transcript, Transcript)
    assert tally(read[of].transcript, UTC, FAR).counts.total() == 3


def test_everything_can_be_said_to_postgres() -> None:
    dialect = postgresql.dialect()
    queries = (*vars(counting).values(), *vars(figures_transcripts).values())
    said_to = [str(one.compile(dialect=dialect)) for one in queries if isinstance(one, Select)]
    assert len(said_to) > 8
    recorder = Recorder(dialect)
    for table in (figures_tables.figures, figures_tables.days):
        upsert(recorder, table, [{}], lambda new: {"number": 1})  # type: ignore[arg-type]
    assert all("ON CONFLICT" in statement for statement in recorder.statements)


class Recorder:
    """Notes what PostgreSQL would be told."""

    def __init__(self, dialect: postgresql.dialect) -> None:
        self.dialect = dialect
        self.statements: list[str] = []

    def execute(self, statement: Insert, _: object) -> None:
        self.statements.append(str(statement.compile(dialect=self.dialect)))
