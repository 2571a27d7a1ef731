"""What can be seen of conversations, and followed as it comes."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping

from bot.conversation.bells import Bells
from bot.conversation.ports import Store
from bot.conversation.records import Conversation, Entry, News
from bot.conversation.watching import Watching


class Seen:
    """Looks into conversations; nothing here changes one."""

    def __init__(self, store: Store, bells: Bells, watching: Watching) -> None:
        self._store = store
        self._bells = bells
        self._watching = watching

    async def finished(self, turn_id: str, timeout: float) -> list[Entry]:  # noqa: ASYNC109
        """Return the turn's replies once it is done (none when staff will answer).

        Raises TimeoutError after `timeout` seconds, StoreUnavailable, Closed, or UnknownTurn, which
        is an UnknownConversation: the turn never was, or its conversation was deleted.
        """
        async with asyncio.timeout(timeout):
            return await self._watching.finished(turn_id)

    async def transcript(self, conversation_id: str, after: int = 0) -> list[Entry]:
        """Return all entries behind the cursor in order; UnknownConversation."""
        return await self._store.entries(conversation_id, after)

    async def entries(
        self, conversation_id: str, *, after: int = 0, before: int | None = None, limit: int
    ) -> list[Entry]:
        """Return the last `limit` entries with after < seq < before in order.

        Costs the same however long the conversation is. Raises UnknownConversation.
        """
        return await self._store.entries(conversation_id, after, before, limit)

    def follow(self, conversation_id: str, after: int = 0) -> AsyncGenerator[News, None]:
        """Yield the news at once, then whenever entries come or the holder changes, until closed.

        Each entry behind the cursor comes once, in order, at most PAGE of them at a time. Raises
        UnknownConversation (also when it is deleted meanwhile), StoreUnavailable or Closed; go on
        from the last `seq` seen.
        """
        return self._watching.follow(conversation_id, after)

    async def state(self, conversation_id: str) -> Conversation:
        """Return the conversation's channel and holder; UnknownConversation."""
        return await self._store.conversation(conversation_id)

    def listen(self, listener: Callable[[str], None]) -> None:
        """Call the listener with a conversation's id whenever there may be news of it.

        It is called with other names, too, and must be quick and not fail.
        """
        self._bells.tell(listener)

    def ring(self, conversation_id: str) -> None:
        """Tell whoever follows a conversation that something was kept in it in another way."""
        self._bells.ring(conversation_id)

    async def feedback_counts(self) -> Mapping[bool, int]:
        """Return how many messages were found helpful (True), and how many were not."""
        return await self._store.feedback_counts()

    async def booking_clicks(self) -> int:
        """Return how often a booking button was pressed."""
        return await self._store.booking_clicks()
