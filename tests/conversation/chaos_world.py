"""An application on a real file whose parts fail at random, and which is ended at any moment."""

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from bot.conversation import (
    AssistantUnavailable,
    Conversations,
    Entry,
    Kept,
    Line,
    Memory,
    Message,
    News,
    Reply,
    StoreUnavailable,
)
from bot.conversation.ports import Settle
from bot.store import SqlStore, open_store
from tests.conversation.conversation_fakes import Echo, conversations_of, say
from tests.databases import url_of


class Shaky(SqlStore):
    """A store that fails now and then, before it did something or after."""

    random: Random
    calm = False

    async def keep(
        self,
        conversation_id: str,
        lines: Sequence[Line],
        *,
        asked: str | None = None,
        note: str | None = None,
        settle: Settle | None = None,
    ) -> Kept:
        keep = partial(SqlStore.keep, self, conversation_id, lines)
        return await self._shaken(keep(asked=asked, note=note, settle=settle))

    async def finish(self, turn_id: str, settle: Settle) -> tuple[Entry, ...] | None:
        return await self._shaken(SqlStore.finish(self, turn_id, settle))

    async def news(self, conversation_id: str, after: int, limit: int) -> News:
        return await self._shaken(SqlStore.news(self, conversation_id, after, limit))

    async def _shaken[T](self, work: Coroutine[Any, Any, T]) -> T:
        mood = 1.0 if Shaky.calm else Shaky.random.random()
        if mood < 0.08:
            work.close()
            raise StoreUnavailable
        done = await work
        if mood < 0.16:
            raise StoreUnavailable
        return done


class Moody(Echo):
    """An assistant that is away, broken, slow, silent, or talks much."""

    def __init__(self, random: Random) -> None:
        super().__init__()
        self.replies = self._replies
        self._random = random

    async def reply(self, conversation_id: str, text: str, memory: Memory) -> Reply:
        mood = self._random.random()
        if mood < 0.2:
            self.failing[text] = [AssistantUnavailable() if mood < 0.15 else ValueError(text)]
        await asyncio.sleep(self._random.choice((0, 0, 0.002)))
        return await super().reply(conversation_id, text, memory)

    def _replies(self, text: str) -> list[Message]:
        count = self._random.choice((0, 1, 1, 2, 3))
        return [say(f"re: {text} {number}/{count}") for number in range(1, count + 1)]


@dataclass
class World:
    """The application as it lives, dies and lives again on one file."""

    random: Random
    folder: Path
    conversations: Conversations = field(init=False)
    store: SqlStore = field(init=False)

    async def live(self) -> None:
        self.store = Shaky((await open_store(url_of(self.folder))).database)
        self.conversations = conversations_of(self.store, Moody(self.random), places=3)
        await self.conversations.resume()

    async def die(self) -> None:
        await self.conversations.close(grace=self.random.choice((0, 0, 0.01)))
        await self.store.close()
