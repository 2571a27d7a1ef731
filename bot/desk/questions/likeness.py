"""What two questions have in common: words in their plain form, and things by one name each."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from bot.knowledge.strict_yaml import read_yaml

DATA = Path(__file__).parents[3] / "data"
WORD = re.compile(r"\[\w+\]|[a-z0-9]+(?:'[a-z]+)?")
LONGEST_NAME = 4  # of a thing, in words
LONGEST_KEY = 300
# Another joint is nearly the same question; another treatment or disease is quite another, and so
# is what patients have many words for.
PART_WEIGHT, THING_WEIGHT, TOPIC_WEIGHT = 0.6, 1.6, 1.5
ENDINGS = (
    ("ies", "y"),
    ("sses", "ss"),
    ("ing", ""),
    ("edly", ""),
    ("ed", ""),
    ("es", "e"),
    ("s", ""),
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """The weighted words of a question, and what all of them weigh."""

    weights: Mapping[str, float]
    total: float

    def to(self, other: "Likeness") -> float:
        """Return how alike two are, 0 to 1: what both say, as a share of what either says."""
        both = sum(weight for word, weight in self.weights.items() if word in other.weights)
        either = self.total + other.total - both
        return both / either if either else 0.0


@dataclass(frozen=True, slots=True)
class _Words:
    """What is known of words: data/likeness.yml, and the names of things in data/lexicon."""

    small: Set[str]
    same: Mapping[str, str]
    weights: Mapping[str, float]
    things: Mapping[str, str]  # the one name of a thing by each of its aliases
    begins: Set[str]  # the first word of each alias


def read_likeness(text: str) -> Likeness:
    """Return what a question is known by; nothing of it depends on other questions."""
    known = _words()
    weights = {word: known.weights.get(word, 1.0) for word in _plain(text, known)}
    return Likeness(weights, sum(weights.values()))


def key_of(text: str) -> str:
    """Return what texts have in common that are the same but for capitals, marks and blanks."""
    return " ".join(WORD.findall(text.lower()))[:LONGEST_KEY]


def _plain(text: str, known: _Words) -> Iterator[str]:
    words = [word for word in WORD.findall(text.lower()) if not word.startswith("[")]
    place = 0
    while place < len(words):
        word, thing, length = words[place], None, 1
        if word in known.begins:
            thing, length = _longest(known.things, words, place)
        place += length
        if thing is not None:
            yield thing
        elif not (word.replace("'", "") in known.small or word.partition("'")[0] in known.small):
            yield known.same.get(word) or known.same.get(_stem(word)) or _stem(word)


def _longest(things: Mapping[str, str], words: Sequence[str], place: int) -> tuple[str | None, int]:
    """Return what the longest name at a place stands for, if any, and its length in words."""
    for length in range(min(LONGEST_NAME, len(words) - place), 0, -1):
        thing = things.get(" ".join(words[place : place + length]))
        if thing is not None:
            return thing, length
    return None, 1


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    for ending, instead in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            stem = word[: len(word) - len(ending)]
            twice = not instead and len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz"
            return (stem[:-1] if twice else stem) + instead
    return word


@cache
def _words() -> _Words:
    data = read_yaml(DATA / "likeness.yml")
    same = {word: one for one, others in data["same"].items() for word in (one, *others.split())}
    things: dict[str, str] = {
        phrase: one for one, phrases in data["phrases"].items() for phrase in phrases
    }
    weights = dict.fromkeys(data["same"], TOPIC_WEIGHT)
    for entity, name, aliases in _lexicon():
        thing = same.get(name) or f"={name.replace(' ', '_')}"
        weights.setdefault(thing, PART_WEIGHT if entity == "body_part" else THING_WEIGHT)
        for alias in (name, *aliases):
            things.setdefault(" ".join(WORD.findall(alias.lower())), thing)
    for weight, words in data["light"].items():
        weights.update(dict.fromkeys(words.split(), float(weight)))
    begins = {name.partition(" ")[0] for name in things}
    return _Words(frozenset(data["small"].split()), same, weights, things, begins)


def _lexicon() -> Iterator[tuple[str, str, list[str]]]:
    for path in sorted((DATA / "lexicon").glob("*.yml")):
        data = read_yaml(path)
        for part in ("covered", "not_covered"):
            for name, aliases in (data.get(part) or {}).items():
                yield data["entity"], str(name), [str(alias) for alias in aliases or ()]
