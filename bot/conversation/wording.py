"""Where phrases stand in a message, found in the same short time whatever the text.

Every word of the message is one bit of a number, and a phrase is followed by shifting and masking
such numbers. The work grows with the list of phrases, never with how a text is built.
"""

import re
from dataclasses import dataclass, field

from bot.conversation.phrases import Phrase, Vocabulary

GAP = 5
BREAK = "|"
COMMA = ","
JOINS = ("and", "but")
APOSTROPHES = "'\u2019\u2018`\u00b4"
COMMAS = re.compile(r",(?!\d)")
CLAUSE_ENDS = re.compile(r"[.!?\n\u2026]+(?!\d)|[;:()\u2013\u2014]| - ")


@dataclass(frozen=True, slots=True)
class Wording:
    """Where in a message the known words stand: bit 5 is the sixth word."""

    places: dict[str, int]
    breaks: int
    clauses: tuple[int, ...]
    _any_of: dict[frozenset[str], int] = field(default_factory=dict)

    def cover(self, phrase: Phrase, out: int = 0, denied: int = 0) -> int:
        """Return the words that make up the phrase, none of them `out` or `denied` from outside."""
        reached = [self._at(phrase[0].words) & ~out & ~denied]
        for step in phrase[1:]:
            if not reached[-1]:
                return 0
            free = ~denied | reached[-1] << 1
            ahead = self.ahead(reached[-1], GAP if step.loose else 0)
            reached.append(ahead & self._at(step.words) & ~out & free)
        covered = last = reached.pop()
        for step, before in zip(reversed(phrase), reversed(reached), strict=False):
            last = self._behind(last, GAP if step.loose else 0) & before
            covered |= last
        return covered

    def ahead(self, places: int, gap: int = 0) -> int:
        """Return the places behind these, with up to `gap` words of the clause between."""
        places <<= 1
        for _ in range(gap):
            places |= (places & ~self.breaks) << 1
        return places

    def _behind(self, places: int, gap: int) -> int:
        places >>= 1
        for _ in range(gap):
            places |= (places & ~self.breaks) >> 1
        return places

    def _at(self, words: frozenset[str]) -> int:
        if words not in self._any_of:
            places = 0
            for word in words & self.places.keys():
                places |= self.places[word]
            self._any_of[words] = places
        return self._any_of[words]


def read_wording(text: str, vocabulary: Vocabulary) -> Wording:
    """Return where the known words stand in a text."""
    places: dict[str, int] = {}
    meant: dict[str, set[str]] = {}
    clauses = []
    breaks = begin = 0
    for number, word in enumerate([*split_words(text), BREAK]):
        if word in (BREAK, COMMA):
            breaks |= 1 << number
        if word in (BREAK, COMMA, *JOINS):
            clauses.append((1 << number) - (1 << begin))
            begin = number
        if word not in meant:
            meant[word] = vocabulary.meant(word)
        for known in meant[word]:
            places[known] = places.get(known, 0) | 1 << number
    return Wording(places, breaks, tuple(clauses))


def split_words(text: str) -> list[str]:
    """Return the words in lower case between `^` and `$`, with `|` or `,` where clauses end."""
    plain = re.sub(rf"[{APOSTROPHES}]s\b", "", text.lower())
    plain = re.sub(rf"[{APOSTROPHES}]", "", plain).replace("\u00b0", " degrees ")
    plain = COMMAS.sub(f" {COMMA} ", CLAUSE_ENDS.sub(f" {BREAK} ", plain))
    words = re.findall(rf"(?<!\S)[{BREAK}{COMMA}](?!\S)|[\w.]+", plain)
    while words and words[-1] in (BREAK, COMMA):
        words.pop()
    return ["^", *words, "$"]
