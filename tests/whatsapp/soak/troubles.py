"""What goes wrong in a run: processes are killed, Graph fails, statuses don't come."""

import asyncio
import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from bot.channels.whatsapp.failures import TABLE, Act
from tests.whatsapp.courier import Courier
from tests.whatsapp.graph_errors import Refusal
from tests.whatsapp.graph_faults import Fault, Faults, Kind
from tests.whatsapp.graph_statuses import Accepted, Statuses
from tests.whatsapp.soak.running import Application

PASSING = (Act.AGAIN, Act.LATER, Act.SLOWER)
CODES = tuple(Fault(Kind.CODE, code) for code, (act, _) in sorted(TABLE.items()) if act in PASSING)
BEFORE = tuple(Fault(kind) for kind in (Kind.BARE, Kind.HANG, Kind.DROP))
AFTER = tuple(Fault(kind) for kind in Kind if kind.accepts)


@dataclass
class Troubles(Faults):
    """Faults that remember what the last request met, and count them by kind."""

    last: Fault | None = None
    met: dict[str, int] = field(default_factory=dict)

    def begin(self, chance: random.Random, share: float) -> None:
        """Let this share of requests fail: by a code, otherwise before or after acceptance."""
        self.chance = _drawn(chance, share)

    def take(self) -> Fault | None:
        self.last = super().take()
        if self.last:
            self.met[self.last.kind] = self.met.get(self.last.kind, 0) + 1
        return self.last


def _drawn(chance: random.Random, share: float) -> Iterator[Fault | None]:
    while True:
        kinds = chance.choice((CODES, BEFORE, AFTER, AFTER))
        yield chance.choice(kinds) if chance.random() < share else None


@dataclass
class Told(Courier):
    """A courier of statuses that remembers when the first of each message was acknowledged."""

    first: dict[str, float] = field(default_factory=dict)
    clock: Callable[[], float] = lambda: 0.0

    async def deliver(self, delivery: Any) -> int:  # noqa: ANN401
        tries = await super().deliver(delivery)
        for entry in delivery["entry"]:
            for change in entry["changes"]:
                for status in change["value"]["statuses"]:
                    self.first.setdefault(status["biz_opaque_callback_data"], self.clock())
        return tries


@dataclass
class SomeStatuses(Statuses):
    """Statuses of which some never come: half of those whose acceptance wasn't answered."""

    troubles: Troubles = field(default_factory=Troubles)
    withheld: set[str] = field(default_factory=set)
    unanswered: list[Accepted] = field(default_factory=list)

    def announce(self, accepted: Accepted, failure: Refusal | None = None) -> None:
        fault = self.troubles.last
        if fault and fault.kind.accepts:
            self.unanswered.append(accepted)
            if self.chance.random() < 0.5:
                self.withheld.add(accepted.wamid)
                return
        super().announce(accepted, failure)


@dataclass
class Killer:
    """Kills the application and its engine at moments of a run.

    `done` is how much of the run's work is done, from 0 to 1; `looked` is called just after the
    application was killed, when nobody writes to the database.
    """

    application: Application
    chance: random.Random
    done: Callable[[], float]
    looked: Callable[[], None]
    killed: dict[str, int] = field(default_factory=dict)

    async def run(self, applications: int, engines: int) -> None:
        """Kill that often, at moments spread by chance over the work."""
        whom = ["application"] * applications + ["engine"] * engines
        moments = sorted(self.chance.uniform(0.02, 0.9) for _ in whom)
        self.chance.shuffle(whom)
        for moment, name in zip(moments, whom, strict=True):
            while self.done() < moment:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            await asyncio.sleep(self.chance.uniform(0, 0.5))
            await (self._application() if name == "application" else self._engine())

    async def _application(self) -> None:
        """Kill the application and start it again; in one of four cases it dies starting, too."""
        await self._kill("application")
        if self.chance.random() < 0.25:
            with suppress(TimeoutError):
                async with asyncio.timeout(self.chance.uniform(2, 7)):
                    await self.application.start()
            await self._kill("application at its start")
        await self.application.start()

    async def _kill(self, name: str) -> None:
        await self.application.kill()
        self.killed[name] = self.killed.get(name, 0) + 1
        self.looked()
        await asyncio.sleep(self.chance.uniform(0, 1))

    async def _engine(self) -> None:
        while not await self.application.kill_engine():  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        self.killed["engine"] = self.killed.get("engine", 0) + 1
