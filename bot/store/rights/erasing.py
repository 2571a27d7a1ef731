"""Erases a person in one transaction, with word of it for the audit and for restored backups."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, update

from bot.conversation.records import Forgotten
from bot.store.desk.auditing import record as record_audit
from bot.store.erasures import mark
from bot.store.forgetting import delete_these
from bot.store.rights.finding import Between, find
from bot.store.rights.holdings import holdings
from bot.store.rights.records import Entry, Found, Record
from bot.store.rights.summing import summed
from bot.store.tables import booking_clicks, conversations
from bot.store.whatsapp.tables import updates

# What stays without the person: a click is only counted, and a delivery of Meta's is known by a key
# that tells nothing, so that it isn't taken a second time.
EMPTIED: Mapping[str, Mapping[str, None]] = {
    booking_clicks.name: {"conversation_id": None},
    updates.name: {"contact_id": None, "content": None},
}


@dataclass(frozen=True, slots=True)
class Erased:
    """Who was erased, what they had, when it was, and whom to let go."""

    found: Found
    at: datetime
    forgotten: Forgotten


def erase(connection: Connection, an_id: str, entry: Entry) -> Erased | None:
    """Erase whoever has this id, with all that is linked now; the audit is told.

    None when there is nobody.
    """
    for person in find(connection, Between(an_id, an_id)):
        found = summed(connection, person)
        mark(connection, person.ids)
        record_audit(connection, entry(found))
        return Erased(found, datetime.now(UTC), take_out(connection, person))
    return None


def take_out(connection: Connection, person: Record) -> Forgotten:
    """Erase conversations and contacts with all that belongs to them."""
    for holding in reversed(holdings()):
        # What goes with its conversation by the table's own rule needs no word from us.
        if not holding.cascades and holding.table is not conversations:
            theirs = holding.of(person.by_root)
            emptied = EMPTIED.get(holding.table.name)
            if emptied is None:
                connection.execute(delete(holding.table).where(theirs))
            else:
                connection.execute(update(holding.table).where(theirs).values(emptied))
    return delete_these(connection, person.conversations)
