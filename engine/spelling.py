"""Repairs typos before they cost meaning: an unknown word becomes the one it was meant to be.

Only words that patients and documents use are repaired to; every other known word, name and
number is left as it is, so that an unknown medicine never turns into something we know.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files

import numpy as np
from symspellpy import SymSpell, Verbosity

ENGLISH = "frequency_dictionary_en_82_765.txt"  # comes with symspellpy
WORD = re.compile(r"(?<![\w'\u2019-])[^\W\d_]{4,20}(?![\w'\u2019-])")
SENTENCE_START = re.compile(r"(?:^|[.!?\n])\W*$")
SHORTEST, USUAL = 4, 60  # so short a word is repaired only to one in that many examples
SHORT = 9  # letters; a shorter word may have one letter wrong, a longer one two
OFTEN = 6  # examples of patients' questions that use a word, to be repaired to
SOMETIMES = 4  # examples that use a word, to be left alone


class Spelling:
    """The words that typos are repaired to, with how often they are used, and those left alone."""

    def __init__(self, right: Mapping[str, int], known: frozenset[str]) -> None:
        self.right, self.known = dict(right), known
        self._near = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
        for word, count in right.items():
            self._near.create_dictionary_entry(word, count)
        self._meant = lru_cache(maxsize=4096)(self._find)

    def repair(self, text: str) -> str:
        """Return the text with its typos repaired; the same text when there are none."""
        return WORD.sub(lambda found: self._repaired(found, text), text)

    def _repaired(self, found: re.Match[str], text: str) -> str:
        word = found[0]
        # A capital within a sentence begins a name.
        named = word[0].isupper() and not word.isupper()
        if named and not SENTENCE_START.search(text[: found.start()]):
            return word
        return self._meant(word.lower()) or word

    def _find(self, word: str) -> str | None:
        """Return the word that was meant, or None when this is a word, or like none."""
        if word in self.known or word in _english():
            return None
        most = 1 if len(word) < SHORT else 2
        near = self._near.lookup(word, Verbosity.CLOSEST, max_edit_distance=most)
        least = USUAL if len(word) == SHORTEST else 0
        return next(
            (one.term for one in near if one.term[0] == word[0] and one.count > least), None
        )

    def to_arrays(self) -> dict[str, np.ndarray]:
        """Return what `spelling_from_arrays` reads."""
        return {
            "right": np.array("\n".join(self.right)),
            "counts": np.array(list(self.right.values()), dtype=np.int64),
            "known": np.array("\n".join(sorted(self.known))),
        }


def learn_spelling(
    examples: Iterable[str], documents: Iterable[str], names: Iterable[str]
) -> Spelling:
    """Learn the words of examples, documents and the lexicon's names (which stay as they are)."""
    used = Counter(word for text in examples for word in set(_words(text)))
    written = {word for text in documents for word in _words(text)}
    often = {word for word, count in used.items() if count >= OFTEN and word in _english()}
    known = written | {word for text in names for word in _words(text)}
    known |= {word for word, count in used.items() if count >= SOMETIMES}
    return Spelling({word: used[word] + 1 for word in sorted(often | written)}, frozenset(known))


def spelling_from_arrays(arrays: Mapping[str, np.ndarray]) -> Spelling:
    """Read back what `Spelling.to_arrays` returned."""
    right, known = (str(arrays[key]).split("\n") for key in ("right", "known"))
    return Spelling(dict(zip(right, arrays["counts"].tolist(), strict=True)), frozenset(known))


@lru_cache(maxsize=1)
def _english() -> frozenset[str]:
    lines = (files("symspellpy") / ENGLISH).read_text(encoding="utf-8-sig").splitlines()
    return frozenset(line.partition(" ")[0] for line in lines)


def _words(text: str) -> list[str]:
    return [word.lower() for word in WORD.findall(text)]
