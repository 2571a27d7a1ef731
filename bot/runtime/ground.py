"""What stays when the settings change: the files' content, the database, the engine, the ports."""

import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from aiohttp import ClientSession

from bot.assistant import PATIENCE, engine_problem, headers
from bot.conversation.red_flags import load_red_flags
from bot.conversation.signs import RedFlags
from bot.knowledge import Knowledge, Texts, load_knowledge
from bot.knowledge.finding import Index, make_index
from bot.knowledge.wordings import read_wordings
from bot.runtime.engine import EnginePlan, running_engine
from bot.runtime.erasing import erase_again
from bot.runtime.ports import LOOPBACK
from bot.runtime.sockets import open_sockets
from bot.runtime.supervisor import Supervisor
from bot.settings import Settings
from bot.store import SqlStore, open_store


@dataclass(frozen=True, slots=True)
class Ground:
    """What every stack stands on, one after the other."""

    knowledge: Knowledge
    flags: RedFlags
    wordings: Mapping[str, Sequence[str]]  # how patients ask
    store: SqlStore
    engine: Supervisor | None  # None where one runs elsewhere
    engine_url: str
    problem: Callable[[], Awaitable[str | None]]  # of the engine; None when it takes messages
    actions: Sequence[socket.socket]  # on which the engine asks for actions

    def index(self, texts: Texts) -> Index:
        """Return what finds answers and texts by their words and by how patients ask."""
        return make_index(self.knowledge, texts, self.wordings)


@asynccontextmanager
async def running_ground(settings: Settings, folder: Path, log: Path) -> AsyncIterator[Ground]:
    """Open the database and the actions' port and run the engine; its files are in `folder`."""
    knowledge = load_knowledge(settings.root)
    flags = load_red_flags(settings.root / "data" / "redflags.yml")
    wordings = read_wordings(settings.root)
    plan = _plan(settings, folder, log)
    url = settings.engine_url or plan.url
    store = await open_store(settings.database_url)
    try:
        await erase_again(store.database)
        with open_sockets(LOOPBACK, settings.action_port) as actions:
            async with ClientSession(headers=headers(plan.token), timeout=PATIENCE) as session:
                problem = partial(engine_problem, session, url)
                async with _engine(settings, plan, problem) as engine:
                    yield Ground(knowledge, flags, wordings, store, engine, url, problem, actions)
    finally:
        await store.close()


def _plan(settings: Settings, folder: Path, log: Path) -> EnginePlan:
    return EnginePlan(
        root=settings.root,
        port=settings.engine_port,
        action_port=settings.action_port,
        token=settings.engine_token,
        folder=folder,
        log=log,
    )


def _engine(
    settings: Settings, plan: EnginePlan, problem: Callable[[], Awaitable[str | None]]
) -> AbstractAsyncContextManager[Supervisor | None]:
    if settings.engine_url is not None:
        return nullcontext()
    return running_engine(plan, problem)
