"""Has charts drawn by a process of its own, once for each content, and keeps the last ones."""

import asyncio
import hashlib
import json
import logging
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

SCRIPT = Path(__file__).with_name("charts.py")
PATIENCE_SECONDS = 30.0
MOST_KEPT = 24

Charts = Mapping[str, Mapping[str, Any]]
Drawn = Mapping[str, str]


class CannotDraw(Exception):
    """The charts can't be drawn; the tables beside them have the same figures."""


@dataclass(slots=True)
class Drawings:
    """The charts drawn last, by a digest of what they show; those of a report are drawn at once."""

    kept: dict[str, asyncio.Task[Drawn]] = field(default_factory=dict)
    _one: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def of(self, charts: Charts) -> Drawn:
        """Return the charts as SVG by name; CannotDraw. Whoever asks for the same waits along."""
        content = json.dumps(charts, sort_keys=True)
        key = hashlib.sha256(content.encode()).hexdigest()
        task = self.kept.pop(key, None)
        if task is None or (task.done() and (task.cancelled() or task.exception())):
            task = asyncio.create_task(self._draw(content))
        self.kept[key] = task
        while len(self.kept) > MOST_KEPT:
            del self.kept[next(iter(self.kept))]
        # One reader who goes away doesn't take the charts from the others.
        return await asyncio.shield(task)

    async def _draw(self, content: str) -> Drawn:
        async with self._one:
            try:
                return await _drawn(content)
            except (OSError, ValueError, TimeoutError) as error:
                log.error("the charts of a report can't be drawn: %s", error)
                raise CannotDraw from error


async def _drawn(content: str) -> Drawn:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", str(SCRIPT)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            out, err = await process.communicate(content.encode())
    except BaseException:
        process.kill()
        await process.wait()
        raise
    if process.returncode:
        told = err.decode(errors="replace").strip().splitlines()
        raise ValueError(told[-1] if told else f"status {process.returncode}")
    drawn: Drawn = json.loads(out)
    return drawn
