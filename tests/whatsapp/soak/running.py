"""The application as a process that is killed and started again at any moment."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import ClientError, ClientSession

from bot.runtime.ports import free_port
from tests.whatsapp.account import NUMBER_ID, SECRET, TOKEN, VERIFY_TOKEN

ROOT = Path(__file__).resolve().parents[3]
CLINIC_SECRET = "what signs links and makes the keys of messages"
# As an environment takes them.
APP_SECRET, OWN_WORD = SECRET.replace(" ", "-"), VERIFY_TOKEN.replace(" ", "-")
START_SECONDS = 120.0


@dataclass
class Application:
    """The application in a folder, always on the same ports."""

    folder: Path
    graph: str
    command: tuple[str, ...] = (sys.executable, "-m", "tests.whatsapp.soak.application")
    starts: int = 0
    process: Process | None = None
    port: int = field(default_factory=free_port)
    others: tuple[int, int] = field(default_factory=lambda: (free_port(), free_port()))

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        return self.folder / "soak.db"

    @property
    def log(self) -> Path:
        return self.folder / "application.log"

    async def start(self) -> None:
        """Start the process, again and again while the engine before it still holds its port."""
        async with asyncio.timeout(START_SECONDS):
            while True:
                self.starts += 1
                with self.log.open("ab") as log:
                    self.process = await asyncio.create_subprocess_exec(
                        *self.command, cwd=ROOT, env=self._environment(), stdout=log, stderr=log
                    )
                if await self._answers("/health/live"):
                    return

    async def ready(self) -> None:
        """Return once it answers questions."""
        async with asyncio.timeout(START_SECONDS):
            assert await self._answers("/health/ready"), f"it stopped by itself; see {self.log}"

    async def kill(self) -> None:
        """Kill the process, if it runs, as a power cut would."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                self.process.kill()
            await self.process.wait()

    async def kill_engine(self) -> bool:
        """Kill the engine; False when there is none just now."""
        assert self.process is not None
        with suppress(OSError):
            for engine in _children(self.process.pid):
                os.kill(engine, signal.SIGKILL)
                return True
        return False

    async def stop(self) -> int:
        """Stop it in order and return its exit code."""
        assert self.process is not None
        with suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), 60)

    async def _answers(self, path: str) -> bool:
        """Wait until an address answers 200; False when the process ends before that."""
        assert self.process is not None
        async with ClientSession(self.origin) as client:
            while self.process.returncode is None:
                with suppress(ClientError, TimeoutError, OSError):
                    async with client.get(path) as response:
                        if response.status == 200:
                            return True
                await asyncio.sleep(0.1)
        return False

    def _environment(self) -> dict[str, str]:
        action_port, engine_port = self.others
        return os.environ | {
            "CANDOR_PORT": str(self.port),
            "CANDOR_ACTION_PORT": str(action_port),
            "CANDOR_ENGINE_PORT": str(engine_port),
            "CANDOR_DATA": str(self.folder / "data"),
            "CANDOR_DATABASE_URL": f"sqlite:///{self.database}",
            "CANDOR_SECRET": CLINIC_SECRET,
            "CANDOR_WHATSAPP_TOKEN": TOKEN,
            "CANDOR_WHATSAPP_APP_SECRET": APP_SECRET,
            "CANDOR_WHATSAPP_VERIFY_TOKEN": OWN_WORD,
            "CANDOR_WHATSAPP_NUMBER_ID": NUMBER_ID,
            "CANDOR_WHATSAPP_GRAPH_URL": self.graph,
        }


def _children(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(number) for number in listed.split()]
