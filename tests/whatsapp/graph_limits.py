"""Meta's limits in time: the 24-hour window, the pair rate, the throughput."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.whatsapp.graph_errors import Refusal

WINDOW_SECONDS = 24 * 3600.0
BURST = 45
BURST_SECONDS = 6.0


@dataclass
class Burst:
    """Messages to one person in quick succession: when it began, and how long it is paid off."""

    began: float
    count: int
    paid_at: float


@dataclass
class Limits:
    """Counts what is accepted; seconds since 1970 by `clock`.

    `pair_seconds` is what one message to a person costs; a burst within that time borrows up to
    45 messages, and the next one waits until all of them are paid off.
    """

    clock: Callable[[], float]
    pair_seconds: float = BURST_SECONDS
    per_second: int = 80
    wrote: dict[str, float] = field(default_factory=dict)
    bursts: dict[str, Burst] = field(default_factory=dict)
    recent: deque[float] = field(default_factory=deque)

    def is_open(self, person: str) -> bool:
        """Tell whether the person wrote within 24 hours."""
        wrote = self.wrote.get(person)
        return wrote is not None and self.clock() - wrote < WINDOW_SECONDS

    def count(self, person: str) -> None:
        """Count one message to a person; Refusal when it is too much."""
        now = self.clock()
        while self.recent and self.recent[0] <= now - 1:
            self.recent.popleft()
        if len(self.recent) >= self.per_second:
            raise Refusal(130429, "Cloud API message throughput has been reached.")
        burst = self.bursts.get(person)
        if burst is None or now >= burst.paid_at:
            self.bursts[person] = Burst(now, 1, now + self.pair_seconds)
        elif now < burst.began + self.pair_seconds and burst.count < BURST:
            burst.count += 1
            burst.paid_at += self.pair_seconds
        else:
            raise Refusal(131056, f"Too many messages to {person} in a short period.")
        self.recent.append(now)
