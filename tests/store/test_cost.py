"""A turn costs the same however long the conversation and however full the database is."""

from sqlalchemy import text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from bot.conversation import Message, Outcome, Standing
from bot.conversation.message import new_id
from bot.store import SqlStore
from bot.store.tables import metadata
from tests.databases import said
from tests.store.statements import noted


def _settle(standing: Standing) -> Outcome:
    return Outcome((Message(new_id(), "answer", "re"),), standing.holding)


async def _turn(store: SqlStore, conversation: str) -> None:
    kept = await store.keep(conversation, said("hello", new_id()))
    turn = await store.next_turn(conversation)
    assert turn is not None
    await store.finish(turn.id, _settle)
    [reply] = await store.replies(kept.turn_id) or []
    await store.news(conversation, reply.seq - 1, 100)


async def test_turn_200_asks_the_database_no_more_than_turn_2(store: SqlStore) -> None:
    conversation = await store.start("widget")
    with noted(store) as early:
        await _turn(store, conversation)
    _lengthen(store, conversation, 200)
    with noted(store) as late:
        await _turn(store, conversation)
    assert [statement for statement, _ in early] == [statement for statement, _ in late]


async def test_no_query_of_a_turn_reads_a_whole_table(store: SqlStore) -> None:
    conversation = await store.start("widget")
    with noted(store) as statements:
        await _turn(store, conversation)
        await store.reopen()
    plans = []
    with store.database.writer.connect() as connection:
        for statement, parameters in statements:
            if statement.startswith(("SELECT", "UPDATE")):
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                plans += [row.detail for row in plan]
    assert len(plans) > 8
    for step in plans:
        # A page of entries was looked up before it is gone through.
        whole = step.startswith("SCAN") and step not in ("SCAN CONSTANT ROW", "SCAN page LEFT-JOIN")
        assert not whole or "turns_unfinished" in step, step


def _lengthen(store: SqlStore, conversation: str, turns: int) -> None:
    """Make the conversation as long as that many turns would, at once."""
    with store.database.writer.begin() as connection:
        rows = [{"c": conversation, "s": 1000 + number} for number in range(2 * turns)]
        connection.execute(
            text(
                "INSERT INTO messages (conversation_id, seq, author, id, kind, text, extras, at) "
                "VALUES (:c, :s, 'assistant', 'm', 'answer', 'x', '{}', '2026-01-01 00:00:00')"
            ),
            rows,
        )
        connection.execute(text("UPDATE conversations SET last_seq = 5000"))


def test_the_tables_can_be_made_on_postgres() -> None:
    dialect = postgresql.dialect()
    ddl = [str(CreateTable(table).compile(dialect=dialect)) for table in metadata.sorted_tables]
    indexes = [
        str(CreateIndex(index).compile(dialect=dialect))
        for table in metadata.sorted_tables
        for index in table.indexes
    ]
    assert any("TIMESTAMP WITH TIME ZONE" in statement for statement in ddl)
    assert any("WHERE finished_at IS NULL" in statement for statement in indexes)
