"""Intents that share wording: what was said for one must not be said for another."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from bot.runtime.checks.examples import Example

LEAST_WORDS = 4
ALIKE = 0.8  # share of all words of two examples that both have
TELL = 12


def duplicates(examples: Iterable[Example]) -> Iterator[str]:
    """Yield a line for each example whose very words were written for another intent."""
    first: dict[tuple[str, ...], Example] = {}
    for example in examples:
        key = tuple(example.text.casefold().split())
        before = first.setdefault(key, example)
        if before.intent != example.intent:
            yield (
                f"{example.place}: “{example.text}” stands for {example.intent}, and for "
                f"{before.intent} in {before.place}; keep one"
            )


def overlaps(examples: Sequence[Example]) -> list[str]:
    """Return a line for each pair of intents that share wording, the closest pairs first."""
    shared: Counter[tuple[str, str]] = Counter()
    sample: dict[tuple[str, str], str] = {}
    for one, other in _alike(examples):
        pair = (min(one.intent, other.intent), max(one.intent, other.intent))
        shared[pair] += 1
        sample.setdefault(pair, f"“{one.text}” ({one.place}), “{other.text}” ({other.place})")
    return [
        f"{first} and {second} share wording, {count} in all: {sample[first, second]}"
        for (first, second), count in shared.most_common(TELL)
    ]


def _alike(examples: Sequence[Example]) -> Iterator[tuple[Example, Example]]:
    """Yield the pairs of different intents that have nearly the same words.

    Two such examples have a rare word of the one in common, so only those are compared.
    """
    counted = Counter(word for example in examples for word in example.words)
    by_word: defaultdict[str, list[Example]] = defaultdict(list)
    for example in examples:
        if len(example.words) < LEAST_WORDS:
            continue
        rarest = sorted(example.words, key=lambda word: (counted[word], word))
        seen: set[str] = set()
        for word in rarest[: 1 + int(len(rarest) * (1 - ALIKE))]:
            for other in by_word[word]:
                if other.intent == example.intent or other.place in seen:
                    continue
                seen.add(other.place)
                if _likeness(example, other) >= ALIKE:
                    yield other, example
        for word in rarest:
            by_word[word].append(example)


def _likeness(one: Example, other: Example) -> float:
    return len(one.words & other.words) / len(one.words | other.words)
