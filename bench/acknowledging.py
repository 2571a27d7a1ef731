"""How long Meta waits for the 200 of a message on WhatsApp, while other messages are answered.

Application and engine are held to one core, with the database on disk; patients, Graph and the
clock are on another. Beside it, alternately: the time of /health/live of the same process.
"""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp import ClientSession

from bench.alone import run_alone
from bot.runtime.steps import StepFailed
from tests.whatsapp.courier import encoded, signature
from tests.whatsapp.graph_server import GraphServer, graph_server
from tests.whatsapp.phones import Crowd, Phone, crowd
from tests.whatsapp.soak.questions import TEXTS
from tests.whatsapp.soak.running import APP_SECRET, Application

MEASURED, PAUSE = 300, 0.2  # messages that are measured, and seconds between two of them
WARM_UP = 5.0  # seconds
LOADS = (2, 20)  # patients who write on and on, each when the answer has come
PAIR_SECONDS = 0.01  # what a message to one person costs at Graph, so that nothing is refused
QUESTIONS = tuple(TEXTS)


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds at one load, and how many replies a second went out meanwhile."""

    patients: int
    acknowledged: Sequence[float]
    live: Sequence[float]
    replies: float

    def __str__(self) -> str:
        ours, live = sorted(self.acknowledged), sorted(self.live)
        rows = [
            f"{f'{self.patients} patients, {self.replies:.0f} replies a second':<42}"
            f"{'p50':>10}{'p99':>10}",
            f"{'until a message is acknowledged, ms':<42}{_at(ours, 0.5):>10.1f}"
            f"{_at(ours, 0.99):>10.1f}",
            f"{'/health/live of the same process, ms':<42}{_at(live, 0.5):>10.1f}"
            f"{_at(live, 0.99):>10.1f}",
            f"{'ratio':<42}{_at(ours, 0.5) / _at(live, 0.5):>10.2f}"
            f"{_at(ours, 0.99) / _at(live, 0.99):>10.2f}",
        ]
        return "\n".join(rows)


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def measure_acknowledging() -> str:
    """Return what was measured; StepFailed where the system can't hold processes to a core."""
    if not hasattr(os, "sched_setaffinity"):
        raise StepFailed("Acknowledging can't be measured: this system holds nothing to a core.")
    cores = os.sched_getaffinity(0)
    theirs, *ours = sorted(cores)
    try:
        os.sched_setaffinity(0, ours or {theirs})
        found = asyncio.run(_measure(theirs))
    finally:
        os.sched_setaffinity(0, cores)
    title = "WhatsApp: application and engine on one core, everything else on another"
    return "\n\n".join([title if ours else f"{title} (there is only one)", *map(str, found)])


async def _measure(core: int) -> list[Times]:
    with TemporaryDirectory(prefix="candor-") as name:
        async with (
            graph_server(pair_seconds=PAIR_SECONDS) as graph,
            _application(Path(name), graph.base, core) as application,
        ):
            webhook = f"{application.origin}/whatsapp"
            await graph.announce_to(webhook, APP_SECRET)
            async with crowd(webhook, graph, secret=APP_SECRET) as patients:
                return [
                    await _at_load(application.origin, graph, patients, count) for count in LOADS
                ]


@asynccontextmanager
async def _application(folder: Path, graph: str, core: int) -> AsyncIterator[Application]:
    """Run the application as `candor serve` does, with all its processes on one core."""
    taskset = f"import os, sys; os.sched_setaffinity(0, {{{core}}}); os.execv(sys.executable, "
    taskset += "[sys.executable, '-m', 'bot', 'serve'])"
    application = Application(folder, graph, command=(sys.executable, "-c", taskset))
    await application.start()
    try:
        await application.ready()
        yield application
    finally:
        await application.kill()


async def _at_load(origin: str, graph: GraphServer, patients: Crowd, count: int) -> Times:
    """Measure while so many patients write on and on."""
    load = [asyncio.create_task(_write_on(graph, patients, count, one)) for one in range(count)]
    await asyncio.sleep(WARM_UP)
    before, began = len(graph.accepted), time.perf_counter()
    acknowledged, live = [], []
    async with ClientSession(origin) as client:
        for number in range(MEASURED):
            phone = Phone(f"447702{count:02}{number:04}", name="A patient")
            acknowledged.append(await _message(client, graph, patients, phone))
            await asyncio.sleep(PAUSE / 2)
            live.append(await _live(client))
            await asyncio.sleep(PAUSE / 2)
    replies = (len(graph.accepted) - before) / (time.perf_counter() - began)
    for task in load:
        task.cancel()
    await asyncio.gather(*load, return_exceptions=True)
    return Times(count, acknowledged, live, replies)


async def _write_on(graph: GraphServer, patients: Crowd, count: int, place: int) -> None:
    """Write, wait for the answer, and write again."""
    number = f"447701{count:02}{place:04}"
    for text in islice(cycle(QUESTIONS), place, None):
        got = len(graph.to(number))
        await patients.say(Phone(number, name="A patient"), text)
        while len(graph.to(number)) == got:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def _message(
    client: ClientSession, graph: GraphServer, patients: Crowd, phone: Phone
) -> float:
    """Return the milliseconds until a new patient's message is acknowledged; StepFailed."""
    graph.patient_wrote(str(phone.number))
    body = encoded(patients.delivery([patients.write(phone, QUESTIONS[0])]))
    headers = {
        "Content-Type": "application/json",
        "X-Hub-Signature-256": signature(APP_SECRET, body),
    }
    began = time.perf_counter()
    async with client.post("/whatsapp", data=body, headers=headers) as response:
        await response.read()
        took = 1000 * (time.perf_counter() - began)
    if response.status != 200:
        raise StepFailed(f"A message wasn't acknowledged: HTTP {response.status}")
    return took


async def _live(client: ClientSession) -> float:
    began = time.perf_counter()
    async with client.get("/health/live") as response:
        await response.read()
        return 1000 * (time.perf_counter() - began)


if __name__ == "__main__":
    sys.exit(run_alone(measure_acknowledging))
