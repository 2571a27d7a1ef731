"""How long the way to Graph is waited for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """How long things are waited for, in seconds.

    A message is leased for `lease`; when nobody knows whether it arrived, `news` is the time that
    Graph has to tell, and only then it is sent again; each time it has longer.
    """

    lease: float = 15.0
    news: float = 20.0
    first_pause: float = 1.0
    longest_pause: float = 120.0
    alert_pause: float = 300.0

    def longer(self, before: int) -> float:
        """Return how long to pause after so many pauses, in seconds."""
        return min(self.first_pause * 2.0 ** min(before, 20), self.longest_pause)

    def doubt(self, before: int) -> float:
        """Return how long to wait for news after so many doubts, in seconds: outages take long."""
        return min(self.news * 4.0**before, self.alert_pause)
