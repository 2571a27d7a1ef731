"""The whole application as `make run` starts it, on ports and in a folder of its own."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession

from bot.runtime.ports import free_port

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Served:
    """A running `candor serve` and a client of it."""

    process: asyncio.subprocess.Process
    client: ClientSession
    origin: str

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
async def serving(folder: Path, port: int | None = None) -> AsyncIterator[Served]:
    port = port or free_port()
    environment = os.environ | {
        "CANDOR_PORT": str(port),
        "CANDOR_ACTION_PORT": str(free_port()),
        "CANDOR_ENGINE_PORT": str(free_port()),
        "CANDOR_DATA": str(folder),
    }
    command = [sys.executable, "-m", "bot", "serve"]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment)
    async with ClientSession(f"http://127.0.0.1:{port}") as client:
        try:
            yield Served(process, client, f"http://localhost:{port}")
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()


async def until(served: Served, *, ready: bool) -> None:
    async with asyncio.timeout(180):
        while await served.ready() is not ready:
            assert served.process.returncode is None, "it stopped by itself"
            await asyncio.sleep(0.05)
