"""The engine's keeper: waits for it, starts it again, and never leaves it behind."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from bot.runtime.supervisor import TETHER, Pace, Program, Supervisor

PACE = Pace(look=0.02, start_limit=5, pauses=(0.05,), stop_limit=1)


def program(folder: Path, script: str) -> Program:
    return Program(
        name="the engine",
        command=["/bin/sh", "-c", script],
        environment={"PATH": os.environ["PATH"]},
        folder=folder,
        log=folder / "log" / "engine.log",
    )


@asynccontextmanager
async def supervised(folder: Path, script: str, pace: Pace = PACE) -> AsyncIterator[Supervisor]:
    """Run a script that is ready once it has written its number into the file `pid`."""

    async def answers() -> bool:
        return (folder / "pid").exists()

    supervisor = Supervisor(program(folder, script), answers, pace)
    task = asyncio.create_task(supervisor.run())
    try:
        yield supervisor
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def pid(folder: Path) -> int:
    return int((folder / "pid").read_text())


def alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def is_zombie(number: int) -> bool:
    return ") Z " in Path(f"/proc/{number}/stat").read_text()


def written(path: Path) -> list[int]:
    return [int(line) for line in path.read_text().split()] if path.exists() else []


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not holds():  # noqa: ASYNC110 (what is waited for is another process)
            await asyncio.sleep(0.01)


READY = "echo $$ > pid.tmp; mv pid.tmp pid; exec sleep 60"


async def test_ready_when_it_answers_and_gone_when_we_go(tmp_path: Path) -> None:
    async with supervised(tmp_path, READY) as supervisor, asyncio.timeout(5):
        assert not supervisor.ready.is_set()
        await supervisor.ready.wait()
        number = pid(tmp_path)
        assert alive(number)
    assert not alive(number)
    assert not supervisor.ready.is_set()


async def test_started_again_when_it_dies(tmp_path: Path) -> None:
    async with supervised(tmp_path, READY) as supervisor, asyncio.timeout(5):
        await supervisor.ready.wait()
        first = pid(tmp_path)
        (tmp_path / "pid").unlink()
        os.kill(first, signal.SIGKILL)
        await until((tmp_path / "pid").exists)
        await supervisor.ready.wait()
        assert pid(tmp_path) != first


async def test_one_that_never_starts_is_tried_again_and_counted(tmp_path: Path) -> None:
    async with supervised(tmp_path, "echo no model; exit 3") as supervisor, asyncio.timeout(5):
        await supervisor.settled.wait()
        await until(lambda: supervisor.failures >= 2)
        assert not supervisor.ready.is_set()
    assert "no model" in (tmp_path / "log" / "engine.log").read_text()


async def test_one_that_hangs_at_the_start_is_ended_and_tried_again(tmp_path: Path) -> None:
    pace = Pace(look=0.02, start_limit=0.3, pauses=(0.05,), stop_limit=0.1)
    stubborn = "trap '' TERM; echo $$ >> started; while :; do sleep 0.05; done"
    async with supervised(tmp_path, stubborn, pace) as supervisor, asyncio.timeout(5):
        # On a busy machine one may be ended before it has written anything.
        await until(lambda: len(written(tmp_path / "started")) >= 2)
        assert supervisor.failures >= 1
        assert not alive(written(tmp_path / "started")[0])


async def test_the_child_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    code = (
        "import os, subprocess, sys, time;"
        "child = subprocess.Popen([sys.executable, sys.argv[1], str(os.getpid()),"
        " '/bin/sleep', '60']);"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, str(TETHER), stdout=asyncio.subprocess.PIPE
    )
    assert parent.stdout is not None
    child = int(await parent.stdout.readline())
    await until(lambda: Path(f"/proc/{child}/comm").read_text() == "sleep\n")
    parent.kill()
    await parent.wait()
    await until(lambda: not alive(child) or is_zombie(child))


async def test_it_stands_back_where_both_want_the_same_core(tmp_path: Path) -> None:
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    async with supervised(tmp_path, READY) as supervisor, asyncio.timeout(5):
        await supervisor.ready.wait()
        assert os.getpriority(os.PRIO_PROCESS, pid(tmp_path)) == min(ours + 5, 19)
