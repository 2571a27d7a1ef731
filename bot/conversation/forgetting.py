"""Deletes conversations, and lets go whoever waits in them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.conversation.bells import Bells
from bot.conversation.ports import Store
from bot.conversation.records import Forgotten


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Deletes in the store, then wakes followers and those who wait for a turn."""

    store: Store
    bells: Bells
    begun: set[str]

    async def forget(self, conversation_id: str) -> None:
        """Delete one conversation; UnknownConversation."""
        try:
            await self.delete(lambda: self.store.forget(conversation_id))
        finally:
            # Also after an error: the database may have deleted what it couldn't confirm.
            self.bells.ring(conversation_id)

    async def delete(self, work: Callable[[], Awaitable[Forgotten]]) -> int:
        """Do the work that deletes, and return how many conversations are gone."""
        gone = await work()
        self.begun.difference_update(gone.turns)
        self.bells.ring(*gone.conversations, *gone.turns)
        return len(gone.conversations)
