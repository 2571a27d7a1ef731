"""Readings of texts whose turn is about to come, so that no text is read twice.

The application asks how a message is read before its turn, for the red flags in it or while it is
being kept; the turn then takes that reading with it. What no turn takes is forgotten in seconds.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

SECONDS = 5.0
Reading = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Readings:
    """Each text's reading, and the agent that read it: a new model reads anew."""

    _kept: dict[str, tuple[object, Reading]] = field(default_factory=dict)

    def keep(self, text: str, agent: object, reading: Reading) -> None:
        """Keep a reading for a few seconds."""
        if text not in self._kept:
            asyncio.get_running_loop().call_later(SECONDS, self._kept.pop, text, None)
        self._kept[text] = (agent, reading)

    def find(self, text: str, agent: object) -> Reading | None:
        """Return the agent's reading of the text and leave it here; None without one."""
        by, reading = self._kept.get(text, (None, None))
        return reading if by is agent else None

    def take(self, text: str, agent: object) -> Reading | None:
        """Return the agent's reading of the text, for its turn alone; None without one."""
        by, reading = self._kept.pop(text, (None, None))
        return reading if by is agent else None
