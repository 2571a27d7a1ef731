"""The whole, as `make run` starts it: answers, outlives its engine's death, and stops in order."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientError, ClientSession

from bot.runtime.ports import free_port

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Served:
    """A running `candor serve` and a client of it."""

    process: asyncio.subprocess.Process
    client: ClientSession

    async def ready(self) -> bool:
        try:
            async with self.client.get("/health/ready") as response:
                return response.status == 200
        except ClientError:
            return False

    async def ask(self, text: str, conversation: str | None = None) -> dict[str, Any]:
        body = {"text": text} | ({"conversation": conversation} if conversation else {})
        async with self.client.post("/api/messages", json=body) as response:
            answer: dict[str, Any] = await response.json()
            assert response.status == 200, answer
            return answer

    def engines(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(number) for number in children.read_text().split()]


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[Served]:
    port = free_port()
    environment = os.environ | {
        "CANDOR_PORT": str(port),
        "CANDOR_ACTION_PORT": str(free_port()),
        "CANDOR_ENGINE_PORT": str(free_port()),
        "CANDOR_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/candor.db",
    }
    command = [sys.executable, "-m", "bot", "serve"]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment)
    async with ClientSession(f"http://127.0.0.1:{port}") as client:
        try:
            yield Served(process, client)
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()


async def until(served: Served, *, ready: bool) -> None:
    async with asyncio.timeout(180):
        while await served.ready() is not ready:
            assert served.process.returncode is None, "it stopped by itself"
            await asyncio.sleep(0.05)


async def test_serves_survives_and_stops(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await until(served, ready=True)
        first = await served.ask("is it permanent?")
        assert first["messages"][0]["kind"] == "answer"

        (engine,) = served.engines()
        os.kill(engine, signal.SIGKILL)
        await until(served, ready=False)
        await until(served, ready=True)
        again = await served.ask("where does that come from?", first["conversation"])
        assert again["messages"][0]["kind"] == "answer", "the conversation is remembered"

        (engine,) = served.engines()
        served.process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(served.process.wait(), 20) == 0
        with pytest.raises(ProcessLookupError):
            os.kill(engine, 0)
