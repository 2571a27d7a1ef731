"""Finds answers by a few words of a question, the last of which may be unfinished.

An index of plain words, made once. It understands nothing, as the engine does: it is for people
who look on while they type, and for when the engine doesn't answer.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from math import log
from typing import Literal

from bot.knowledge.answers import Answer
from bot.knowledge.library import Knowledge
from bot.knowledge.stems import plain_words, stemmed
from bot.knowledge.texts import Texts
from bot.knowledge.wordings import Wordings

# How much a word counts by where it stands; all wordings of a question share one weight.
QUESTION, HEADING, QUOTED, ASKED = 3.0, 1.0, 0.3, 40.0
# From about so much weight on, more of a word says little more; long texts have more of every word.
ENOUGH, LENGTH = 4.0, 0.75
# What is said less often than this in an entry makes a word no less rare.
SAID = 1.0
# A word that is only begun is less of a sign than one that is there, above all with few letters.
BEGUN, LEAST_BEGUN, ENOUGH_BEGUN = 0.8, 2, 5
# What is much further off than the best is noise.
NEAR = 0.4
MOST = 6
# What is written so much less often than what it may become is hardly a word.
A_WORD = 0.02
LAST = re.compile(r"[^\W_]+$")
WHOLE = frozenset("ai0123456789")

Weights = Mapping[int, float]  # by the place in Index.found


@dataclass(frozen=True, slots=True)
class Found:
    """An answer, or something that the documents don't answer (`decline`); `label` for people."""

    kind: Literal["answer", "decline"]
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Index:
    """Which stems stand for what, and how often words and pairs of words are written."""

    found: Sequence[Found]
    stems: Mapping[str, Weights]
    words: Mapping[str, float]
    pairs: Mapping[tuple[str, str], float]
    in_order: Sequence[str]

    def find(self, text: str, most: int = MOST) -> list[Found]:
        """Return what a text may ask for, the best first; nothing where no word of it is known."""
        scores: defaultdict[int, float] = defaultdict(float)
        for weights in self._weights_of(text):
            for place, weight in weights.items():
                scores[place] += weight
        ranked = sorted(scores, key=lambda place: (-scores[place], place))[:most]
        least = NEAR * scores[ranked[0]] if ranked else 0.0
        return [self.found[place] for place in ranked if scores[place] >= least]

    def completed(self, text: str) -> str:
        """Return a text whose last word most likely goes on so, if it is none as it stands.

        Without it when it has one letter only; as it is when no word begins so.
        """
        last = LAST.search(text)
        if last is None or (begun := last[0].casefold()) in WHOLE:
            return text
        if len(begun) < LEAST_BEGUN:
            return text[: last.start()].rstrip()
        before = (plain_words(text[: last.start()]) or [""])[-1]
        likeliest = max(
            self._continued(begun),
            key=lambda word: (self.pairs.get((before, word), 0.0), self.words[word]),
            default=begun,
        )
        is_word = self.words.get(begun, 0.0) >= A_WORD * self.words.get(likeliest, 0.0)
        return text if is_word else text[: last.start()] + likeliest

    def _weights_of(self, text: str) -> Iterator[Weights]:
        """Yield the weights of each different word, those of the last with all that it may become.

        A word is finished when something follows it.
        """
        words = plain_words(text)
        begun = words.pop() if words and text[-1:].isalnum() else ""
        for stem in dict.fromkeys(map(stemmed, words)):
            yield self.stems.get(stem, {})
        if len(begun) >= LEAST_BEGUN:
            yield self._begun(begun)

    def _begun(self, begun: str) -> Weights:
        best = dict(self.stems.get(stemmed(begun), {}))
        sign = BEGUN * min(1.0, (len(begun) - 1) / (ENOUGH_BEGUN - 1))
        for stem in {stemmed(word) for word in self._continued(begun)}:
            for place, weight in self.stems[stem].items():
                best[place] = max(best.get(place, 0.0), sign * weight)
        return best

    def _continued(self, begun: str) -> Iterator[str]:
        for word in self.in_order[bisect_left(self.in_order, begun) :]:
            if not word.startswith(begun):
                return
            yield word


def make_index(knowledge: Knowledge, texts: Texts, wordings: Wordings) -> Index:
    """Return the index of all answers and declines; `wordings` (by intent) may be empty."""
    entries = [*_answers(knowledge, wordings), *_declines(texts, wordings)]
    weighed = [_weighed(fields) for _, fields in entries]
    words = _weighed([(1.0, text) for _, fields in entries for _, text in fields])
    return Index(
        found=tuple(found for found, _ in entries),
        stems=_ranked([_by_stem(words) for words in weighed]),
        words=words,
        pairs=_pairs(fields for _, fields in entries),
        in_order=sorted(words),
    )


type Fields = list[tuple[float, str]]


def _answers(knowledge: Knowledge, wordings: Wordings) -> Iterator[tuple[Found, Fields]]:
    for answer in knowledge.answers.values():
        fields = [*_fields(knowledge, answer), *_asked(wordings, f"answer/{answer.id}")]
        yield Found("answer", answer.id, answer.general.question), fields


def _declines(texts: Texts, wordings: Wordings) -> Iterator[tuple[Found, Fields]]:
    for name in texts.names("decline"):
        label = name.replace("_", " ")
        # What it is about stands in its first sentence; then comes who can tell.
        about = texts[f"decline.{name}"].text.partition(". ")[0]
        fields = [(QUESTION, label), (HEADING, about), *_asked(wordings, f"decline/{name}")]
        yield Found("decline", name, label.capitalize()), fields


def _fields(knowledge: Knowledge, answer: Answer) -> Iterator[tuple[float, str]]:
    yield QUESTION, answer.short
    for reply in filter(None, (answer.general, answer.knee)):
        yield QUESTION, reply.question
        for section in reply.sections:
            yield HEADING, knowledge.sections[section].heading
        for quote in reply.says:
            yield QUOTED, quote.text


def _asked(wordings: Wordings, intent: str) -> Fields:
    examples = wordings.get(intent, ())
    return [(ASKED / len(examples), "\n".join(examples))] if examples else []


def _weighed(fields: Fields) -> Mapping[str, float]:
    """Return how much each word counts in all fields together."""
    weighed: defaultdict[str, float] = defaultdict(float)
    for weight, text in fields:
        for word, count in Counter(plain_words(text)).items():
            weighed[word] += weight * count
    return weighed


def _pairs(entries: Iterable[Fields]) -> Mapping[tuple[str, str], float]:
    """Return how much each word counts behind the one before it."""
    pairs: defaultdict[tuple[str, str], float] = defaultdict(float)
    for weight, text in chain.from_iterable(entries):
        for pair in chain.from_iterable(pairwise(plain_words(x)) for x in text.splitlines()):
            pairs[pair] += weight
    return pairs


def _by_stem(words: Mapping[str, float]) -> Mapping[str, float]:
    stems: defaultdict[str, float] = defaultdict(float)
    for word, weight in words.items():
        stems[stemmed(word)] += weight
    return stems


def _ranked(entries: Sequence[Mapping[str, float]]) -> Mapping[str, Weights]:
    """Return what each stem says for each entry: more, the fewer others have it (BM25)."""
    sizes = [sum(stems.values()) for stems in entries]
    usual = sum(sizes) / len(sizes) if sizes else 1.0
    others = Counter(stem for stems in entries for stem, weight in stems.items() if weight >= SAID)
    ranked: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for place, (stems, size) in enumerate(zip(entries, sizes, strict=True)):
        enough = ENOUGH * (1 - LENGTH + LENGTH * size / usual)
        for stem, weight in stems.items():
            rare = log(1 + (len(entries) - others[stem] + 0.5) / (others[stem] + 0.5))
            ranked[stem][place] = rare * weight * (ENOUGH + 1) / (weight + enough)
    return ranked
