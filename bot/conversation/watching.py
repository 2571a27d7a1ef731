"""Waits for what comes: a turn's end, or any news of a conversation."""

import asyncio
from collections.abc import AsyncGenerator, Collection
from contextlib import suppress

from bot.conversation.bells import Bells
from bot.conversation.errors import Closed
from bot.conversation.holding import Holder
from bot.conversation.ports import Store
from bot.conversation.records import Entry, News

PAGE = 100
LOOK_AGAIN = 2.0  # seconds after which a turn is looked up though no bell rang


class Watching:
    """Looks into the store whenever a bell rings, until it is closed."""

    def __init__(self, store: Store, bells: Bells, begun: Collection[str]) -> None:
        self._store = store
        self._bells = bells
        self._begun = begun  # turns that need no look yet
        self._closed = False

    def close(self) -> None:
        """Let everyone go at the next ring."""
        self._closed = True

    async def finished(self, turn_id: str) -> list[Entry]:
        """Return the turn's replies once it is done; UnknownTurn, StoreUnavailable or Closed."""
        begun = turn_id in self._begun
        while not self._closed:
            bell = self._bells.listen(turn_id)
            known = None if begun else await self._store.replies(turn_id)
            if known is not None:
                return known
            begun = False
            with suppress(TimeoutError):
                await asyncio.wait_for(bell.wait(), LOOK_AGAIN)
            if bell.told is not None:
                return list(bell.told)
        raise Closed

    async def follow(self, conversation_id: str, after: int) -> AsyncGenerator[News, None]:
        """Yield what is behind the cursor, then each change; UnknownConversation and others."""
        held: tuple[Holder, str | None] | None = None
        while not self._closed:
            bell = self._bells.listen(conversation_id)
            news = await self._store.news(conversation_id, after, PAGE)
            if news.entries or (news.holder, news.name) != held:
                yield news
            held = (news.holder, news.name)
            if news.entries:
                after = news.entries[-1].seq
            if len(news.entries) < PAGE:
                await bell.wait()
