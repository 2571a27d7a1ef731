"""How far what was said in a conversation has come on WhatsApp."""

from collections.abc import Mapping

from sqlalchemy import bindparam, select

from bot.store.database import Database
from bot.store.whatsapp.tables import contacts, deliveries

_TICKS = (
    select(deliveries.c.seq, deliveries.c.state)
    .where(deliveries.c.conversation_id == bindparam("conversation"), deliveries.c.seq.is_not(None))
    .order_by(deliveries.c.seq, deliveries.c.part.desc())
)
_CONTACT = select(
    contacts.c.name, contacts.c.phone, contacts.c.wrote_at, contacts.c.stopped_at
).where(contacts.c.conversation_id == bindparam("conversation"))


async def ticks_of(database: Database, conversation_id: str) -> Mapping[int, str]:
    """Return the state of each entry's delivery by its number, that of its first part."""
    rows = await database.read(_TICKS, conversation=conversation_id)
    return {row.seq: row.state for row in rows}
