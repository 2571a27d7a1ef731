"""What is planned for a run, and what came of it."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Plan:
    """How long and how rough a run is; `seconds` is what patients take to write everything."""

    seed: int
    messages: int = 2000
    patients: int = 50
    seconds: float = 25.0
    applications: int = 3
    engines: int = 2
    faults: float = 0.1

    def chance(self, name: str) -> random.Random:
        """Return the chance that decides on one thing, always the same for the same seed."""
        return random.Random(f"{self.seed} {name}")  # noqa: S311


@dataclass(frozen=True)
class Outcome:
    """What a run came to: figures by name, and a line for everything that was wrong."""

    plan: Plan
    figures: Mapping[str, object] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
