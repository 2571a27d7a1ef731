"""A stack of a command's own: free ports, a database that is thrown away, nobody else's data."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.conversation.asking import Patience
from bot.runtime.garbage import keep_what_is_loaded
from bot.runtime.paths import Paths
from bot.runtime.ports import free_port
from bot.runtime.stack import Stack, running_stack
from bot.runtime.steps import StepFailed, reason, say
from bot.settings import Settings

# Many questions at once share one engine, so each may wait longer than a patient would.
PATIENCE = Patience(limit=90.0)


@asynccontextmanager
async def private_stack(settings: Settings) -> AsyncIterator[Stack]:
    """Run a stack within the block once its engine is ready; StepFailed when it won't be."""
    log = Paths(settings.root).logs / "ask-engine.log"
    with TemporaryDirectory(prefix="candor-") as name:
        own = replace(
            settings,
            database_url=f"sqlite:///{name}/candor.db",
            action_port=free_port(),
            engine_port=free_port(),
        )
        async with running_stack(own, Path(name), log, patience=PATIENCE) as stack:
            say("Starting the engine ...")
            await _wait_ready(stack, log)
            keep_what_is_loaded()
            yield stack


async def _wait_ready(stack: Stack, log: Path) -> None:
    if stack.engine is None:
        if (problem := await stack.assistant.problem()) is not None:
            raise StepFailed(f"CANDOR_ENGINE_URL: {problem}; start it or leave the setting out.")
        return
    await stack.engine.settled.wait()
    if not stack.engine.ready.is_set():
        raise StepFailed(
            f"The engine doesn't start.\n{reason(log)}\n"
            f"Try `candor train --force`. The whole log: {log}"
        )
