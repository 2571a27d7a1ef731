"""What the WhatsApp channel asks the database costs the same however full it is."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.sql import ClauseElement

from bot.store import SqlStore
from bot.store.whatsapp import NewDelivery, Report, WhatsAppStore, outgoing, people, updates
from bot.store.whatsapp.tables import carries, contacts, deliveries
from bot.store.whatsapp.tables import updates as came
from tests.store.statements import Statements, noted
from tests.store.whatsapp_kept import HELLO, incoming, of, talking, turn

# What is left over is small; who has a conversation is read once, when the channel starts.
SMALL = (
    "SCAN CONSTANT ROW",
    "USING INDEX whatsapp_updates_waiting",
    "USING INDEX whatsapp_deliveries_open",
)


def _scans(store: SqlStore, statements: Statements) -> list[str]:
    """The steps of the statements' plans that go through a whole table, deletions' rules too."""
    scans = []
    with store.database.writer.connect() as connection:
        for statement, parameters in statements:
            if statement.startswith(("SELECT", "UPDATE", "DELETE")):
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                scans += [f"{row.detail}: {statement}" for row in plan if "SCAN" in row.detail]
    return [scan for scan in scans if not any(small in scan for small in SMALL)]


async def _a_day(store: SqlStore, kept: WhatsAppStore) -> None:
    """Do all that is done for somebody between their first message and their last."""
    pat = await talking(kept)
    await turn(store, pat.conversation_id, "Yes.")
    await kept.queue(pat, [NewDelivery(HELLO, seq=one.seq) for one in await kept.unqueued(pat)], 2)
    await kept.queue_aside(pat.id, "part 1", HELLO, pat.conversation_id)
    first, second = await kept.open_deliveries(pat.id)
    await kept.settle(first, "sending", attempts=1)
    await kept.settle(first, "accepted", graph_id="w1")
    sent = Report("k1", first.opaque, "w1", "sent")
    closed = Report("k2", second.opaque, "w2", "held", 131047)
    taken = await kept.take([incoming("m1"), incoming("m2"), incoming("m1")], [sent, closed])
    assert taken.new == 2
    assert await kept.sent_as("w1") is not None
    assert await kept.contact_of(str(pat.conversation_id)) is not None
    await kept.entry(str(pat.conversation_id), "m")
    await kept.lines_of(pat.id, "whatsapp:key")
    await kept.allow_carry(await store.start("widget"), "c1")
    await kept.carry(pat.id, "c1", timedelta(hours=1))
    await kept.close_window(await of(kept, pat.id))
    await kept.move(pat.id, "447700900002", None, datetime.now(UTC))
    await kept.shut_out("m1")
    await kept.done([one.id for one in await kept.waiting(pat.id)])
    for conversation in [pat.conversation_id, (await of(kept, pat.id)).conversation_id]:
        await store.forget(str(conversation))
    await kept.reset(pat.id)
    await kept.forget_older(datetime.now(UTC) + timedelta(days=1))
    assert await kept.contact(pat.id) is None


async def test_no_query_of_the_channel_reads_a_whole_table(
    store: SqlStore, kept: WhatsAppStore
) -> None:
    with noted(store) as statements:
        await _a_day(store, kept)
    assert len(statements) > 60
    assert _scans(store, statements) == []


async def test_starting_reads_no_more_than_who_has_a_conversation(
    store: SqlStore, kept: WhatsAppStore
) -> None:
    pat = await talking(kept)
    with noted(store) as statements:
        assert await kept.conversations() == {pat.conversation_id: pat.id}
        assert await kept.left() == []
    scanned = {scan.split()[1].strip(":") for scan in _scans(store, statements)}
    assert scanned == {"whatsapp_contacts"}


async def test_what_is_done_with_is_found_by_an_index(store: SqlStore, kept: WhatsAppStore) -> None:
    with noted(store) as statements:
        await kept.open_deliveries("nobody")
        await kept.left()
    plans = []
    with store.database.reader.connect() as connection:
        for statement, parameters in statements:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plans += [row.detail for row in plan]
    for index in ("whatsapp_updates_waiting", "whatsapp_deliveries_open"):
        assert any(index in step for step in plans), plans


def test_the_channels_tables_can_be_made_on_postgres() -> None:
    dialect = postgresql.dialect()
    tables = (contacts, came, deliveries, carries)
    ddl = "\n".join(
        str(made.compile(dialect=dialect))
        for table in tables
        for made in (CreateTable(table), *(CreateIndex(index) for index in table.indexes))
    )
    assert "ON DELETE SET NULL" in ddl
    assert "WHERE content IS NOT NULL" in ddl
    assert "WHERE state IN ('waiting', 'sending', 'unsure', 'held')" in ddl


async def test_every_statement_can_be_said_to_postgres(
    store: SqlStore, kept: WhatsAppStore
) -> None:
    heard: list[ClauseElement] = []

    def note(_c: Connection, statement: object, *_: object) -> None:
        # What the two say differently has one statement for each.
        if isinstance(statement, ClauseElement) and not isinstance(statement, sqlite.Insert):
            heard.append(statement)

    for engine in (store.database.writer, store.database.reader):
        event.listen(engine, "before_execute", note)
    await _a_day(store, kept)
    await kept.left()
    ours = [outgoing._QUEUE, people._BEGIN, updates._KEEP]
    said = [
        str(one.compile(dialect=postgresql.dialect()))
        for one in (*heard, *(both["postgresql"] for both in ours))
    ]
    assert len(said) > 60
    assert sum("ON CONFLICT" in one for one in said) == len(ours)
    assert sum("FOR UPDATE" in one for one in said) > 5
