"""Patients with their phones: what they write gets to the application's webhook as by Meta."""

import asyncio
import base64
import random
import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from tests.whatsapp.account import NUMBER_ID, SECRET
from tests.whatsapp.courier import Courier, envelope
from tests.whatsapp.graph_server import GraphServer


@dataclass(frozen=True, slots=True)
class Phone:
    """A patient: digits of the number, a user id, or both."""

    number: str | None = "447700900123"
    user_id: str | None = None
    name: str = "Pat Doe"

    def contact(self) -> dict[str, Any]:
        """The item of contacts[] that tells who wrote."""
        ids = {"wa_id": self.number, "user_id": self.user_id}
        return {"profile": {"name": self.name}} | {key: one for key, one in ids.items() if one}

    def item(self, kind: str, content: object, *, wamid: str, at: float) -> dict[str, Any]:
        """An item of messages[] of any type, sent at the second `at`."""
        ids = {"from": self.number, "from_user_id": self.user_id}
        item = {"id": wamid, "timestamp": str(int(at)), "type": kind, kind: content}
        return {key: one for key, one in ids.items() if one} | item


@dataclass(frozen=True, slots=True)
class Written:
    """One message on its way."""

    phone: Phone
    item: dict[str, Any]


@dataclass
class Crowd:
    """Many patients, and Meta's way of carrying what they write; all of it from one seed.

    `graph` learns that a patient wrote, so that the clinic may answer.
    """

    courier: Courier
    graph: GraphServer | None = None
    clock: Callable[[], float] = time.time
    seed: int = 0
    number_id: str = NUMBER_ID
    chance: random.Random = field(init=False)
    _written: int = 0

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311

    def write(self, phone: Phone, text: str, at: float | None = None) -> Written:
        """Write a text, without sending it yet."""
        return self.write_item(phone, "text", {"body": text}, at)

    def write_item(
        self, phone: Phone, kind: str, content: object, at: float | None = None
    ) -> Written:
        """Write a message of any type, without sending it yet."""
        self._written += 1
        name = f"to the clinic {self.seed} {self._written:08}"
        wamid = "wamid." + base64.b64encode(name.encode()).decode()
        at = self.clock() if at is None else at
        return Written(phone, phone.item(kind, content, wamid=wamid, at=at))

    async def send(self, *written: Written, copies: int = 1) -> int:
        """Deliver messages together in one post, `copies` times; return the tries it took."""
        self._tell_graph(written)
        return sum([await self.courier.deliver(self.delivery(written)) for _ in range(copies)])

    async def say(self, phone: Phone, text: str) -> str:
        """Write and deliver one text; return its id."""
        written = self.write(phone, text)
        await self.send(written)
        return str(written.item["id"])

    async def storm(
        self,
        written: Iterable[Written],
        *,
        batch: int = 10,
        twice: float = 0.3,
        lines: int = 4,
    ) -> int:
        """Deliver all of it in disorder, in batches, a share twice, on several lines at once.

        Returns how many messages were delivered, repeats included.
        """
        every = list(written)
        self._tell_graph(every)
        every += [one for one in every if self.chance.random() < twice]
        self.chance.shuffle(every)
        sizes = [tuple(part) for part in batched(every, batch)]
        gate = asyncio.Semaphore(lines)

        async def carry(part: Sequence[Written]) -> None:
            async with gate:
                await self.courier.deliver(self.delivery(part))

        async with asyncio.TaskGroup() as group:
            for part in sizes:
                group.create_task(carry(part))
        return len(every)

    def delivery(self, written: Sequence[Written]) -> dict[str, Any]:
        """The body of a post; its contacts stand once each, in another order than messages."""
        contacts = list({one.phone: one.phone.contact() for one in written}.values())
        self.chance.shuffle(contacts)
        items = [one.item for one in written]
        return envelope({"contacts": contacts, "messages": items}, self.number_id)

    def _tell_graph(self, written: Iterable[Written]) -> None:
        for one in written if self.graph else ():
            assert self.graph is not None
            phone = one.phone
            if phone.number and phone.user_id:
                self.graph.knows(phone.number, phone.user_id)
            self.graph.patient_wrote(
                phone.number or phone.user_id or "", float(one.item["timestamp"])
            )


@asynccontextmanager
async def crowd(
    webhook: str,
    graph: GraphServer | None = None,
    *,
    clock: Callable[[], float] = time.time,
    seed: int = 0,
    secret: str = SECRET,
) -> AsyncIterator[Crowd]:
    """Patients who write to this webhook for as long as the block runs."""
    async with Courier(webhook, secret) as courier:
        yield Crowd(courier, graph, clock, seed)
