"""One run: patients write while everything fails, then all must be well."""

import asyncio
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.whatsapp.graph_server import GraphServer, graph_server
from tests.whatsapp.phones import crowd
from tests.whatsapp.soak.figures import figures_of
from tests.whatsapp.soak.judging import judged
from tests.whatsapp.soak.kept import left, read_kept
from tests.whatsapp.soak.patients import Patient, people
from tests.whatsapp.soak.plan import Outcome, Plan
from tests.whatsapp.soak.post import Post
from tests.whatsapp.soak.running import APP_SECRET, Application
from tests.whatsapp.soak.troubles import Killer, SomeStatuses, Told, Troubles

PATIENCE = 900.0  # seconds for which a delivery is tried again
CALM_SECONDS = 240.0
PAIR_SECONDS = 0.05  # what a message to one person costs at Graph, where it is 6 s
# So many replies come to a message: bursts have fewer, some messages two.
REPLIES = 0.7
# Faults go on until so little is left to be done.
NEARLY = 0.05


async def soak(plan: Plan, folder: Path) -> Outcome:
    """Run a plan with everything in a folder; what is wrong is told in the outcome."""
    async with graph_server(pair_seconds=PAIR_SECONDS) as graph:
        application = Application(folder, graph.base)
        webhook = f"{application.origin}/whatsapp"
        troubles, told = _rough(graph, plan, webhook)
        await application.start()
        try:
            await application.ready()
            async with told, crowd(webhook, graph, seed=plan.seed, secret=APP_SECRET) as carried:
                carried.courier.patience = PATIENCE
                patients = [
                    Patient(phone, plan.chance(f"patient {place}"), carried)
                    for place, phone in enumerate(people(plan.patients))
                ]
                post = Post(carried, plan.chance("post"))
                run = Run(plan, graph, troubles, told, application, patients, post)
                return await run.run()
        finally:
            await application.kill()


def _rough(graph: GraphServer, plan: Plan, webhook: str) -> tuple[Troubles, Told]:
    """Let Graph fail and tell by the plan's seed."""
    troubles = Troubles()
    troubles.begin(plan.chance("faults"), plan.faults)
    told = Told(webhook, APP_SECRET, patience=PATIENCE, clock=graph.clock)
    graph.faults = troubles
    graph.statuses = SomeStatuses(
        graph.clock,
        graph.statuses.number_id,
        told,
        delay=0.05,
        late=0.1,
        late_seconds=1.0,
        twice=0.1,
        disorder=0.2,
        chance=plan.chance("statuses"),
        troubles=troubles,
    )
    return troubles, told


@dataclass
class Run:
    """A run under way."""

    plan: Plan
    graph: GraphServer
    troubles: Troubles
    told: Told
    application: Application
    patients: list[Patient]
    post: Post
    caught: dict[str, int] = field(default_factory=dict)

    async def run(self) -> Outcome:
        """Let patients write and everything fail, wait for calm, and judge what came of it."""
        began = time.monotonic()
        chance = self.plan.chance("kills")
        killer = Killer(self.application, chance, self._done, self._look)
        killing = asyncio.create_task(killer.run(self.plan.applications, self.plan.engines))
        await self._write()
        wrote = time.monotonic()
        try:
            async with asyncio.timeout(CALM_SECONDS):
                await self._until(int(NEARLY * self.plan.messages), killing)
        except TimeoutError:
            pass
        self.troubles.calm()
        killing.cancel()
        await asyncio.gather(killing, return_exceptions=True)
        calm = await self._calm()
        until_calm = time.monotonic()
        code = await self.application.stop()
        kept = read_kept(self.application.database)
        wrong = judged(self.patients, kept, self.graph, self.told.first)
        if not calm:
            wrong.insert(0, f"not calm in {CALM_SECONDS:g} s: {self._left()}")
        if code != 0:
            wrong.insert(0, f"the application ended with code {code}")
        figures = figures_of(self.patients, self.post, self.graph, kept) | {
            "killed": killer.killed | {"starts": self.application.starts},
            "found at a kill": self.caught,
            "taken": f"{wrote - began:.0f} s to write, {until_calm - wrote:.0f} s until calm",
        }
        return Outcome(self.plan, figures, wrong)

    async def _write(self) -> None:
        each = self.plan.messages // len(self.patients)
        pause = self.plan.seconds / each
        async with asyncio.TaskGroup() as group:
            for patient in self.patients:
                group.create_task(patient.write(each, self.post, pause))
        await self.post.settled()

    def _done(self) -> float:
        """Return how much of the work is done: what was acknowledged, what was answered."""
        done = sum(patient.acknowledged for patient in self.patients) + len(self.graph.accepted)
        return done / self.plan.messages / (1 + REPLIES)

    def _look(self) -> None:
        for name, count in self._left().items():
            self.caught[name] = self.caught.get(name, 0) + count

    def _left(self) -> dict[str, int]:
        return left(self.application.database)

    async def _until(self, most: int, killing: asyncio.Task[None]) -> None:
        """Wait until all was killed that is to be, and no more than so much is left to be done."""
        while sum(self._left().values()) > (most if killing.done() else 0):  # noqa: ASYNC110
            await asyncio.sleep(0.1)

    async def _calm(self) -> bool:
        """Wait until nothing is left to be done and all statuses were told."""
        try:
            async with asyncio.timeout(CALM_SECONDS):
                while True:
                    await self.graph.statuses.settled()
                    if not any(self._left().values()):
                        return True
                    await asyncio.sleep(0.25)
        except TimeoutError:
            return False
