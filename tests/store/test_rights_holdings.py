"""No table that holds something of a person can be forgotten, whoever adds it."""

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, inspect

from bot.store import SqlStore
from bot.store.rights.erasing import EMPTIED
from bot.store.rights.holdings import ROOTS, all_tables, holdings

# What names a conversation or a person there leads to one.
NAMES = {"conversation_id", "contact_id"}


def test_every_table_of_the_database_that_leads_to_a_person_is_covered(store: SqlStore) -> None:
    database = inspect(store.database.reader)
    links = {
        table: {key["referred_table"] for key in database.get_foreign_keys(table)}
        for table in database.get_table_names()
    }
    leading = set(ROOTS)
    while more := {table for table, to in links.items() if to & leading} - leading:
        leading |= more
    assert leading > {"messages", "feedback", "whatsapp_deliveries", "whatsapp_updates"}
    assert {holding.table.name for holding in holdings()} == leading
    for table in database.get_table_names():
        keys = {
            name for key in database.get_foreign_keys(table) for name in key["constrained_columns"]
        }
        columns = {column["name"] for column in database.get_columns(table)}
        assert columns & NAMES <= keys, f"{table} names a conversation without a foreign key"


def test_what_is_not_deleted_keeps_no_words() -> None:
    kept = {name: set(all_tables().tables[name].c.keys()) for name in EMPTIED}
    left = {name: kept[name] - set(emptied) for name, emptied in EMPTIED.items()}
    assert left == {
        "booking_clicks": {"id", "message_id", "at", "intent", "visit"},
        "whatsapp_updates": {"id", "key", "sent_at", "arrived_at"},
    }


def test_a_table_behind_another_is_found_by_way_of_it() -> None:
    tables = MetaData()
    Table("conversations", tables, Column("id", Integer, primary_key=True))
    Table("whatsapp_contacts", tables, Column("id", Integer, primary_key=True))
    Table(
        "visits",
        tables,
        Column("id", Integer, primary_key=True),
        Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE")),
    )
    Table("notes", tables, Column("visit_id", ForeignKey("visits.id", ondelete="CASCADE")))
    Table("prices", tables, Column("id", Integer, primary_key=True))
    found = {holding.table.name: holding for holding in holdings(tables)}
    assert set(found) == {"conversations", "whatsapp_contacts", "visits", "notes"}
    query = str(found["notes"].of({"conversations": ["a"], "whatsapp_contacts": []}))
    assert "SELECT visits.id" in query
    assert "visits.conversation_id IN" in query
