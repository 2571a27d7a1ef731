"""The list of given names, and of words that are none: data/personal.yml."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.knowledge.strict_yaml import read_yaml

FILE = Path(__file__).parents[3] / "data" / "personal.yml"
WORD = re.compile(r"[^\W\d_][\w'-]*")


@dataclass(frozen=True, slots=True)
class Names:
    """Given names, words that are none, given names that written small mean something else, and
    the small words within surnames."""

    given: frozenset[str]
    never: frozenset[str]
    ordinary: frozenset[str]
    particles: frozenset[str]


def is_given(word: str) -> bool:
    """Tell whether a word is a given name that is nothing else."""
    return bare(word).lower() in known_names().given


def is_never(word: str) -> bool:
    """Tell whether a word stands where names do, and is none."""
    plain = word.lower().rstrip(".")
    return (
        plain in known_names().never or bare(plain) in known_names().never or plain.endswith("n't")
    )


def bare(word: str) -> str:
    """Return the word without a possessive's ending."""
    return re.sub(r"'s?$", "", word.rstrip(".-"))


@cache
def known_names() -> Names:
    """Return what data/personal.yml lists."""
    data = read_yaml(FILE)
    given, never, ordinary, particles = (
        frozenset(data[name].split()) for name in ("names", "never", "also_ordinary", "particles")
    )
    return Names(given - never, never, ordinary, particles)
