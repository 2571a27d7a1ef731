"""Phrases that a clinician can write down, and the words that they are made of."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import permutations, product

LONGEST_WORD = 20


@dataclass(frozen=True, slots=True)
class Step:
    """One of these words, right behind the word before or, when `loose`, a few words on."""

    words: frozenset[str]
    loose: bool = False


type Phrase = tuple[Step, ...]
type Groups = Mapping[str, list[str]]


def parse(text: str, groups: Groups) -> list[Phrase]:
    """Return the phrases that `text` stands for; ValueError says what is wrong with it.

    `a .. b` leaves a gap, `a ~ b` means both orders, `<name>` any of a group, `word*` any ending.
    """
    orders = permutations(text.lower().split(" ~ "))
    return [phrase for order in orders for phrase in _in_order(" .. ".join(order), groups)]


def _in_order(text: str, groups: Groups) -> Iterable[Phrase]:
    pieces = text.split()
    if not pieces or ".." in (pieces[0], pieces[-1]):
        raise ValueError(f"`{text}` must begin and end with a word")
    parts = [
        _choices(piece, before == "..", groups)
        for before, piece in zip(["", *pieces], pieces, strict=False)
        if piece != ".."
    ]
    return (sum(chosen, ()) for chosen in product(*parts))


def _choices(piece: str, loose: bool, groups: Groups) -> list[Phrase]:
    """Return what may stand for a piece: one step for all single words, and each longer entry."""
    entries = [piece]
    if piece.startswith("<"):
        if piece[1:-1] not in groups:
            raise ValueError(f"there is no group of words `{piece}`")
        entries = groups[piece[1:-1]]
    single = frozenset(entry for entry in entries if " " not in entry)
    runs = [
        (Step(frozenset([first]), loose), *(Step(frozenset([word])) for word in rest))
        for first, *rest in (entry.split() for entry in entries if " " in entry)
    ]
    return [(Step(single, loose),), *runs] if single else runs


class PhraseList:
    """Phrases, each kept under the words of its rarest step: a message is held against few."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_word: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            for word in min((step.words for step in phrase), key=_commonness):
                self._by_word.setdefault(word, []).append(phrase)

    def possible(self, words: Set[str]) -> Iterator[Phrase]:
        """Return the phrases that a message of these words may have, maybe one more than once."""
        for word in self._by_word.keys() & words:
            yield from self._by_word[word]


def _commonness(words: frozenset[str]) -> tuple[int, int]:
    """Return how often one of the words is to be expected: short words and many are frequent."""
    return len(words), -min(len(word) for word in words)


class Vocabulary:
    """The words that phrases are made of, and which of them a typed word may be."""

    def __init__(
        self, phrases: Iterable[Phrase], misspelt: Iterable[str], other_words: Iterable[str]
    ) -> None:
        self._known = {word for phrase in phrases for step in phrase for word in step.words}
        self._other = set(other_words)
        self._near: dict[str, set[str]] = {}
        for word in misspelt:
            for form in _shortened(word):
                self._near.setdefault(form, set()).add(word)

    def meant(self, word: str) -> set[str]:
        """Return the known words meant: as typed, with any ending, or with one letter wrong."""
        if len(word) > LONGEST_WORD:
            return set()
        found = self._as_typed(word)
        if word in found or word in self._other:
            return found
        near = {right for form in _shortened(word) for right in self._near.get(form, ())}
        return found.union(*(self._as_typed(right) for right in near if right[0] == word[0]))

    def _as_typed(self, word: str) -> set[str]:
        return {word, *(f"{word[:end]}*" for end in range(2, len(word) + 1))} & self._known


def _shortened(word: str) -> set[str]:
    """Return the word, and it without one letter: two spellings of a word have one in common."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}
