"""Carries what patients write as Meta does: batched, in disorder, doubled, until it is taken."""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.whatsapp.phones import Crowd, Phone
from tests.whatsapp.phones import Written as Item


@dataclass(eq=False, slots=True)
class Sent:
    """A message on its way; the times are seconds of our own clock, None while it isn't taken."""

    phone: Phone
    item: Item
    group: int  # which of the patient's writings it belongs to, counted from 0
    kind: str
    text: str
    acknowledged: float | None = None
    acknowledgement: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def wamid(self) -> str:
        return str(self.item.item["id"])

    @property
    def stamp(self) -> int:
        return int(self.item.item["timestamp"])


@dataclass
class Post:
    """Gathers messages for a moment and delivers them; `repeated` is the share that comes again."""

    crowd: Crowd
    chance: random.Random
    repeated: float = 0.25
    deliveries: int = 0
    repeats: int = 0
    waits: list[float] = field(default_factory=list)
    _gathered: list[Sent] = field(default_factory=list)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def send(self, messages: Sequence[Sent]) -> None:
        """Hand messages over; return once all of them are acknowledged."""
        self._gathered += messages
        if len(self._gathered) == len(messages):
            self._begin(self._carry_gathered())
        for message in messages:
            await message.acknowledgement.wait()

    async def settled(self) -> None:
        """Return once nothing is on its way any more."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    async def _carry_gathered(self) -> None:
        await asyncio.sleep(self.chance.uniform(0, 0.1))
        gathered, self._gathered = self._gathered, []
        self.chance.shuffle(gathered)
        while gathered:
            size = self.chance.choice((1, 1, 2, 5, 10))
            batch, gathered = gathered[:size], gathered[size:]
            self._begin(self._carry(batch))
            if self.chance.random() < self.repeated:
                self.repeats += 1
                self._begin(self._carry(batch, self.chance.choice((0.0, 0.05, 1.0, 5.0))))

    async def _carry(self, batch: Sequence[Sent], wait: float = 0.0) -> None:
        await asyncio.sleep(wait)
        self.deliveries += 1
        began = time.monotonic()
        await self.crowd.send(*[message.item for message in batch])
        self.waits.append(time.monotonic() - began)
        for message in batch:
            if message.acknowledged is None:
                message.acknowledged = time.time()
                message.acknowledgement.set()

    def _begin(self, work) -> None:  # noqa: ANN001
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
