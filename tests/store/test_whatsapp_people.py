"""Who writes on WhatsApp is known by the user id first, and kept apart when in doubt."""

from bot.store import SqlStore
from bot.store.whatsapp import WhatsAppStore, Who
from tests.store.whatsapp_kept import met, talking


async def test_who_has_a_conversation_is_known_after_a_restart(
    store: SqlStore, kept: WhatsAppStore
) -> None:
    pat = await talking(kept)
    await met(kept, Who("GB.2", None))
    assert await WhatsAppStore(store.database).conversations() == {pat.conversation_id: pat.id}
