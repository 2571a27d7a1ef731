"""How long the front desk waits for an answer while it types: the goal is 95 of 100 below 100 ms.

`candor serve` with its real engine; each request is made as the page does it, over HTTP with the
session of somebody who is signed in: patients' questions cut off within a word. Beside it,
alternately: the empty page of the same site.
"""

import asyncio
import random
import re
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp import ClientSession

from bench.alone import run_alone
from bench.data import read_examples
from bot.desk import staffing
from bot.desk.gate import Gate
from bot.desk.passwords import Passwords
from bot.runtime.steps import StepFailed
from bot.store.database import open_database
from bot.store.desk import AuditEntry, DeskStore
from tests.runtime.served import serving, until

ROOT = Path(__file__).resolve().parents[1]
WARM_UP, MEASURED, PAUSE = 30, 300, 0.05
GOAL = 100  # milliseconds, p95
LOGIN, PASSWORD = "bench", "quiet lamps under water"
CSRF = re.compile(r'name="csrf" value="([0-9a-f]{64})"')


@dataclass(frozen=True, slots=True)
class AskCosts:
    """Milliseconds until half a question is answered, and until the empty page is there."""

    answers: Sequence[float]
    pages: Sequence[float]
    answered: int  # by the assistant

    def __str__(self) -> str:
        ours, page = sorted(self.answers), sorted(self.pages)
        p95 = _at(ours, 0.95)
        return "\n".join(
            [
                f"{'Ask: half a question while it is typed':<42}{'p50':>10}{'p95':>10}",
                f"{'until its answer is there, ms':<42}{_at(ours, 0.5):>10.1f}{p95:>10.1f}",
                f"{'the empty page of the same site, ms':<42}{_at(page, 0.5):>10.1f}"
                f"{_at(page, 0.95):>10.1f}",
                f"{'ratio':<42}{_at(ours, 0.5) / _at(page, 0.5):>10.2f}"
                f"{p95 / _at(page, 0.95):>10.2f}",
                f"goal: p95 below {GOAL} ms, {'reached' if p95 < GOAL else 'missed'}; "
                f"{self.answered} of {len(ours)} by the assistant, the others by the search",
            ]
        )


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def half_questions(count: int) -> list[str]:
    """Return beginnings of patients' questions, each cut off within a word."""
    chosen = random.Random(0)  # noqa: S311 - not a secret
    texts = [
        text for examples in read_examples(ROOT / "data" / "nlu").values() for text in examples
    ]
    halves = []
    for text in chosen.sample(texts, count):
        last = chosen.randrange(min(len(text), 8), min(len(text), 60) + 1)
        halves.append(text[:last])
    return halves


def measure_asking() -> str:
    """Return what was measured; StepFailed when the console can't be asked."""
    return str(asyncio.run(_measure()))


async def _measure() -> AskCosts:
    with TemporaryDirectory(prefix="candor-") as name:
        await _add_staff(Path(name))
        async with serving(Path(name)) as served:
            await until(served, ready=True)
            async with _signed_in(served.origin) as (client, token):
                return await _ask_all(client, token)


async def _add_staff(folder: Path) -> None:
    """Keep somebody who may sign in, in the database that will be served."""
    database = await open_database(f"sqlite:///{folder}/candor.db")
    gate = Gate(DeskStore(database), Passwords(), "")
    person, _ = await staffing.add(gate, None, LOGIN, "Bench", "front_desk")
    values = {"password": await gate.passwords.digest(PASSWORD), "must_change": False}
    await gate.store.change(person.id, values, AuditEntry(person.id, LOGIN, "password.changed"))
    await database.close()


@asynccontextmanager
async def _signed_in(origin: str) -> AsyncIterator[tuple[ClientSession, str]]:
    async with ClientSession(origin) as client:
        async with client.get("/desk/sign-in") as shown:
            found = CSRF.search(await shown.text())
        form = {"login": LOGIN, "password": PASSWORD, "next": "/desk/ask"}
        if found:
            form["csrf"] = found[1]
        async with client.post("/desk/sign-in", data=form) as answer:
            found = CSRF.search(await answer.text())
        if found is None or answer.url.path != "/desk/ask":
            raise StepFailed("Ask can't be measured: nobody could sign in.")
        yield client, found[1]


async def _ask_all(client: ClientSession, token: str) -> AskCosts:
    halves = half_questions(WARM_UP + MEASURED)
    answers, pages, answered = [], [], 0
    for number, text in enumerate(halves):
        took, by_assistant = await _ask(client, token, text)
        page = await _page(client)
        if number >= WARM_UP:
            answers.append(took)
            pages.append(page)
            answered += by_assistant
        await asyncio.sleep(PAUSE)
    return AskCosts(answers, pages, answered)


async def _ask(client: ClientSession, token: str, text: str) -> tuple[float, bool]:
    """Return the milliseconds until the answer is there; StepFailed when there is none."""
    began = time.perf_counter()
    form = {"words": text, "typing": "yes", "csrf": token}
    headers = {"HX-Request": "true"}
    async with client.post("/desk/ask/answers", data=form, headers=headers) as response:
        shown = await response.text()
        took = 1000 * (time.perf_counter() - began)
    if response.status != 200 or response.url.path != "/desk/ask/answers":
        raise StepFailed(f"Ask can't be measured: HTTP {response.status}")
    return took, 'class="reply' in shown and "by-search" not in shown


async def _page(client: ClientSession) -> float:
    began = time.perf_counter()
    async with client.get("/desk/ask") as response:
        await response.read()
        return 1000 * (time.perf_counter() - began)


if __name__ == "__main__":
    sys.exit(run_alone(measure_asking))
