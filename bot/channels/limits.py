"""How often one person may write: a leaky allowance for each name, kept in memory only."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Limiter:
    """Allow `burst` messages at once under one name, then one more every `seconds`."""

    burst: float
    seconds: float
    clock: Callable[[], float] = time.monotonic
    most_names: int = 10_000
    _full_at: dict[str, float] = field(default_factory=dict)

    def take(self, name: str, cost: float = 1.0) -> float:
        """Return 0 and use up one message, or the seconds until the next one is allowed."""
        now = self.clock()
        full_at = max(self._full_at.get(name, now), now) + cost * self.seconds
        wait = full_at - now - self.burst * self.seconds
        if wait > 1e-9:
            return wait
        if len(self._full_at) >= self.most_names:
            self._forget(now)
        self._full_at[name] = full_at
        return 0.0

    def _forget(self, now: float) -> None:
        """Drop the names whose allowance is whole again; all of them when that frees nothing."""
        self._full_at = {name: at for name, at in self._full_at.items() if at > now}
        if len(self._full_at) >= self.most_names:
            self._full_at.clear()
