"""The engine as a child process: its command, its endpoints file, its readiness."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.runtime.paths import Paths
from bot.runtime.ports import LOOPBACK
from bot.runtime.rasa import rasa_command, rasa_environment
from bot.runtime.supervisor import Program, Supervisor


@dataclass(frozen=True, slots=True)
class EnginePlan:
    """Where an engine listens, whom it asks for actions, and where it keeps its things."""

    root: Path
    port: int
    action_port: int
    token: str
    folder: Path
    log: Path

    @property
    def url(self) -> str:
        """The engine's address."""
        return f"http://{LOOPBACK}:{self.port}"


def write_endpoints(plan: EnginePlan) -> Path:
    """Write the project's endpoints.yml with this plan's ports and files; return its path."""
    stock = yaml.safe_load((plan.root / "endpoints.yml").read_text(encoding="utf-8")) or {}
    stock["action_endpoint"] = (stock.get("action_endpoint") or {}) | {
        "url": f"http://{LOOPBACK}:{plan.action_port}/webhook",
        "token": plan.token,
    }
    path = plan.folder / "run" / f"endpoints-{plan.port}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    # It holds the token, so nobody else may read it.
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        yaml.safe_dump(stock, file)
    return path


# A message's products of vectors and matrices are too small to be worth a second thread, which
# would spin on the core that another process needs.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def engine_program(plan: EnginePlan) -> Program:
    """Return what to run so that the engine serves the model on loopback only."""
    paths = Paths(plan.root)
    with suppress(FileNotFoundError):
        plan.log.replace(plan.log.with_suffix(".log.1"))
    return Program(
        name="the engine",
        command=rasa_command(
            paths,
            "run",
            *("--model", str(paths.model)),
            *("--endpoints", str(write_endpoints(plan))),
            *("--credentials", str(plan.root / "credentials.yml")),
            *("--interface", LOOPBACK, "--port", str(plan.port)),
        ),
        environment=rasa_environment(CANDOR_ENGINE_TOKEN=plan.token, **ONE_THREAD),
        folder=plan.root,
        log=plan.log,
    )


@asynccontextmanager
async def running_engine(
    plan: EnginePlan, problem: Callable[[], Awaitable[str | None]]
) -> AsyncIterator[Supervisor]:
    """Keep the engine running within the block; `problem` is None once it takes messages."""

    async def answers() -> bool:
        return await problem() is None

    supervisor = Supervisor(engine_program(plan), answers)
    task = asyncio.create_task(supervisor.run())
    try:
        yield supervisor
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
