"""Leave to go on with a conversation from elsewhere: given by a key, good once and for a while."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from bot.store.states import lock
from bot.store.whatsapp.tables import carries
from bot.store.whatsapp.taking_over import has, take_over


def allow(connection: Connection, conversation_id: str, key: str) -> None:
    """Let whoever knows the key go on with the conversation; UnknownConversation."""
    lock(connection, conversation_id)
    row = {"key": key, "conversation_id": conversation_id, "made_at": datetime.now(UTC)}
    connection.execute(insert(carries).values(row))


def carry(connection: Connection, contact_id: str, key: str, good: timedelta) -> bool:
    """Give the contact the key's conversation; False when the key is unknown, used or too old.

    Nor is it given to one person while another has it. Whoever used the key before may say it
    again while they still have the conversation.
    """
    row = connection.execute(select(carries).where(carries.c.key == key)).one_or_none()
    if row is None or row.used_by not in (None, contact_id):
        return False
    if row.used_by == contact_id:
        return has(connection, contact_id, row.conversation_id)
    if row.made_at < datetime.now(UTC) - good:
        return False
    connection.execute(update(carries).where(carries.c.key == key).values(used_by=contact_id))
    return take_over(connection, contact_id, row.conversation_id)


def forget(connection: Connection, before: datetime) -> None:
    """Delete the keys that were given before a moment."""
    connection.execute(delete(carries).where(carries.c.made_at < before))
