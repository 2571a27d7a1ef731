"""Keeps a child process running: ready or not, started again when it dies, ended with us."""

import asyncio
import logging
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from os import getpid
from pathlib import Path

log = logging.getLogger(__name__)

TETHER = Path(__file__).with_name("tether.py")


@dataclass(frozen=True, slots=True)
class Program:
    """What to run, and where its output goes."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(repr=False)
    folder: Path
    log: Path


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient the supervisor is, all in seconds."""

    look: float = 0.2
    start_limit: float = 120.0
    pauses: tuple[float, ...] = (1, 2, 5, 10, 30)
    stop_limit: float = 8.0


class Supervisor:
    """Runs one program until it is cancelled.

    `ready` is set while the program answers, `settled` once it was ready or failed at first.
    """

    def __init__(
        self, program: Program, answers: Callable[[], Awaitable[bool]], pace: Pace | None = None
    ) -> None:
        self.program = program
        self.ready = asyncio.Event()
        self.settled = asyncio.Event()
        self.failures = 0
        self._answers = answers
        self._pace = pace or Pace()

    async def run(self) -> None:
        """Start the program, and again with growing pauses whenever it ends, until cancelled."""
        while True:
            process = await self._start()
            try:
                outcome = await self._watch(process)
            finally:
                self.ready.clear()
                self.settled.set()
                await self._stop(process)
            pause = self._pace.pauses[min(self.failures, len(self._pace.pauses) - 1)]
            self.failures += 1
            name, place = self.program.name, self.program.log
            log.error("%s %s; starting it again in %g s (see %s)", name, outcome, pause, place)
            await asyncio.sleep(pause)

    async def _start(self) -> Process:
        self.program.log.parent.mkdir(parents=True, exist_ok=True)
        with self.program.log.open("ab") as output:
            return await asyncio.create_subprocess_exec(
                sys.executable,
                str(TETHER),
                str(getpid()),
                *self.program.command,
                stdin=DEVNULL,
                stdout=output,
                stderr=output,
                cwd=self.program.folder,
                env=dict(self.program.environment),
                # Ctrl-C reaches us alone, so that we end the child in order.
                start_new_session=True,
            )

    async def _watch(self, process: Process) -> str:
        """Wait until the program ends, or never became ready; return what happened."""
        ended = asyncio.create_task(process.wait())
        try:
            async with asyncio.timeout(self._pace.start_limit):
                while not ended.done() and not await self._answers():
                    await asyncio.wait({ended}, timeout=self._pace.look)
        except TimeoutError:
            ended.cancel()
            return f"was not ready after {self._pace.start_limit:g} s"
        if not ended.done():
            self.ready.set()
            self.settled.set()
            self.failures = 0
        return f"ended with code {await ended}"

    async def _stop(self, process: Process) -> None:
        if process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            async with asyncio.timeout(self._pace.stop_limit):
                await process.wait()
        except TimeoutError:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
