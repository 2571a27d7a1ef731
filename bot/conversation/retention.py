"""How long a conversation is kept, and where copies of it may live on for a while."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class KeepDays:
    """How many days after its last message a conversation is kept: on the website, elsewhere."""

    widget: int
    by_channel: Mapping[str, int] = field(default_factory=dict)

    def of(self, channel: str) -> int:
        """Return the days of a channel; those of the website where it has none of its own."""
        return self.by_channel.get(channel, self.widget)

    def ends(self, channel: str, last: datetime) -> datetime:
        """Return when a conversation deletes itself whose last change was at that moment."""
        return last + timedelta(days=self.of(channel))


@dataclass(frozen=True, slots=True)
class Backup:
    """A place where copies of the data are kept, and for how many days each of them."""

    where: str
    kept_days: int
