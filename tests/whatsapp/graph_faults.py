"""What may go wrong between a clinic and Graph, when it is asked for or by a seeded chance."""

import random
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """A way to fail. The first five before the message is accepted, the others after it."""

    CODE = "answers an error of Graph's"
    BARE = "answers 500 without Graph's error"
    HANG = "never answers"
    DROP = "drops the line"
    MOVED = "answers with a redirect"
    ACCEPT_HANG = "accepts and never answers"
    ACCEPT_DROP = "accepts and drops the line"
    ACCEPT_BARE = "accepts and answers 500"
    ACCEPT_BLANK = "accepts and doesn't tell the id"

    @property
    def accepts(self) -> bool:
        return self.name.startswith("ACCEPT")


@dataclass(frozen=True, slots=True)
class Fault:
    """One failure; `code` is that of Graph's error."""

    kind: Kind
    code: int = 131000


# Those that a sender must get over by itself.
PASSING = (
    *(Fault(Kind.CODE, code) for code in (131000, 131016, 131056, 130429, 80007)),
    *(Fault(kind) for kind in Kind if kind not in (Kind.CODE, Kind.MOVED)),
)


@dataclass
class Faults:
    """What the next requests meet: first what was asked for, then what chance brings."""

    asked: deque[Fault | None] = field(default_factory=deque)
    chance: Iterator[Fault | None] | None = None

    def next(self, *faults: Fault | None) -> None:
        """Let the next requests fail like this, one each; None for one that goes well."""
        self.asked.extend(faults)

    def seeded(self, seed: int, share: float, faults: Sequence[Fault] = PASSING) -> None:
        """Let this share of all requests fail, each time the same way for the same seed."""
        self.chance = _drawn(random.Random(seed), share, faults)  # noqa: S311

    def calm(self) -> None:
        """Let nothing fail any more."""
        self.asked.clear()
        self.chance = None

    def take(self) -> Fault | None:
        """Return what this request meets."""
        if self.asked:
            return self.asked.popleft()
        return next(self.chance) if self.chance else None


def _drawn(chance: random.Random, share: float, faults: Sequence[Fault]) -> Iterator[Fault | None]:
    while True:
        yield chance.choice(faults) if chance.random() < share else None
