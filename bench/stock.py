"""The `rasa init` pipeline as a whole assistant: stock parts around an action of ours.

Its model learns a few examples for a few epochs: what it understands doesn't matter here, for every
message leads to the same action, and a turn costs as much as it would with a well-trained one.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import yaml
from aiohttp import ClientError, ClientSession

from actions.calls import answer_call
from actions.context import Context
from actions.server import make_executor
from bench.data import read_examples, split, write_project, write_yaml
from bench.pipelines import QUIET, Pipeline
from bot.runtime.action_server import action_app, listening
from bot.runtime.ports import LOOPBACK, free_port
from bot.runtime.rasa import rasa_environment
from bot.runtime.stack import Stack
from bot.runtime.steps import StepFailed, run_step
from bot.runtime.supervisor import Program, Supervisor
from bot.settings import Settings

LEARNT, EPOCHS = 6, 3
ANSWER = "answer/how_long_it_lasts"
POLICIES = ["MemoizationPolicy", "RulePolicy"]

type Ask = Callable[[str], Awaitable[float]]


def train_stock(pipeline: Pipeline, root: Path) -> Path:
    """Train the stock assistant and return its model; StepFailed tells what went wrong."""
    folder = pipeline.project
    learnt, held_out = split(read_examples(root / "data" / "nlu"), LEARNT, 0)
    write_project(folder, learnt, held_out)
    intents = [*learnt, "nlu_fallback"]
    steps = [{"rule": i, "steps": [{"intent": i}, {"action": "action_answer"}]} for i in intents]
    write_yaml(folder / "rules.yml", {"version": "3.1", "rules": steps})
    domain = {"version": "3.1", "intents": list(learnt), "actions": ["action_answer"]}
    write_yaml(folder / "domain.yml", domain)
    write_yaml(pipeline.config, _quickly(root / "bench" / "rasa-init.yml"))
    run_step(
        f"Training {pipeline.title} as an assistant",
        [
            str(pipeline.python), "-m", "rasa", "train", "--config", str(pipeline.config),
            "--data", str(folder / "nlu.yml"), str(folder / "rules.yml"),
            "--domain", str(folder / "domain.yml"), "--out", str(folder),
            "--fixed-model-name", "model", "--skip-validation",
        ],
        log=folder / "training.log",
        hint="See the log.",
        cwd=root,
        environment=rasa_environment(**QUIET),
    )  # fmt: skip
    return folder / "model.tar.gz"


def _quickly(source: Path) -> dict[str, Any]:
    config: dict[str, Any] = yaml.safe_load(source.read_text(encoding="utf-8"))
    for step in config["pipeline"]:
        if "epochs" in step:
            step["epochs"] = EPOCHS
    return config | {"policies": [{"name": name} for name in POLICIES]}


@asynccontextmanager
async def running_stock(
    pipeline: Pipeline, model: Path, settings: Settings, stack: Stack
) -> AsyncIterator[Ask]:
    """Serve the stock assistant within the block; what is yielded asks it and returns the ms."""
    actions, port = free_port(), free_port()
    program = _program(pipeline, model, port, actions, settings.root)
    url = f"http://{LOOPBACK}:{port}"
    app = action_app(_same_answer(settings, stack), "")
    async with listening(app, LOOPBACK, actions), ClientSession() as session:
        supervisor = Supervisor(program, partial(_is_up, session, url))
        task = asyncio.create_task(supervisor.run())
        try:
            await supervisor.settled.wait()
            if not supervisor.ready.is_set():
                raise StepFailed(f"The stock assistant doesn't start; see {program.log}.")
            yield partial(_ask, session, url)
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


def _program(pipeline: Pipeline, model: Path, port: int, actions: int, root: Path) -> Program:
    folder = pipeline.project
    database = folder / "tracker.db"
    database.unlink(missing_ok=True)
    endpoints = {
        "action_endpoint": {"url": f"http://{LOOPBACK}:{actions}/webhook"},
        "tracker_store": {"type": "SQL", "dialect": "sqlite", "db": str(database)},
    }
    write_yaml(folder / "endpoints.yml", endpoints)
    write_yaml(folder / "credentials.yml", {"rest": {}})
    command = [
        str(pipeline.python), "-m", "rasa", "run", "--model", str(model), "--port", str(port),
        "--interface", LOOPBACK, "--endpoints", str(folder / "endpoints.yml"),
        "--credentials", str(folder / "credentials.yml"),
    ]  # fmt: skip
    environment = rasa_environment(**QUIET)
    return Program("the stock assistant", command, environment, root, folder / "run.log")


def _same_answer(
    settings: Settings, stack: Stack
) -> Callable[[dict[str, Any]], Awaitable[tuple[int, dict[str, Any]]]]:
    """Return the action endpoint: our own action, told each time that the same thing is asked."""
    context = Context(stack.knowledge, stack.texts, settings.public_url, lambda _: "")
    executor = make_executor(context)

    async def answer(call: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        latest = call["tracker"]["latest_message"]
        latest["intent"] = {"name": ANSWER, "confidence": 1.0}
        latest["entities"] = []
        return await answer_call(executor, call)

    return answer


async def _is_up(session: ClientSession, url: str) -> bool:
    try:
        async with session.get(f"{url}/") as response:
            return response.status == 200
    except ClientError:
        return False


async def _ask(session: ClientSession, url: str, text: str) -> float:
    """Return the milliseconds of one turn; StepFailed when it was no answer."""
    began = time.perf_counter()
    body: Mapping[str, str] = {"sender": uuid4().hex, "message": text}
    async with session.post(f"{url}/webhooks/rest/webhook", json=body) as response:
        said = await response.json()
    cost = 1000 * (time.perf_counter() - began)
    if not said:
        raise StepFailed("The stock assistant gave no answer.")
    return cost
