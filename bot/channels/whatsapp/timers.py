"""Wakes names at a later moment; one alarm a name, the earliest that was asked for."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.channels.whatsapp.window import now

# A hair later than asked for: clocks differ, and too early means looking twice.
LATER = 0.01


@dataclass(slots=True)
class Timers:
    """Calls `wake` with each name when its time has come."""

    wake: Callable[[str], None]
    _alarms: dict[str, asyncio.TimerHandle] = field(default_factory=dict)

    def wake_at(self, name: str, moment: datetime) -> None:
        """Wake the name at that moment, or earlier if that was asked for already."""
        loop = asyncio.get_running_loop()
        when = loop.time() + max(0.0, (moment - now()).total_seconds()) + LATER
        before = self._alarms.get(name)
        if before is not None:
            if before.when() <= when:
                return
            before.cancel()
        self._alarms[name] = loop.call_at(when, self._ring, name)

    def close(self) -> None:
        """Wake nobody any more."""
        for alarm in self._alarms.values():
            alarm.cancel()
        self._alarms.clear()

    def _ring(self, name: str) -> None:
        del self._alarms[name]
        self.wake(name)
