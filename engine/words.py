"""Counts a text's words and pieces of words (tf-idf), which the sentence's vector blurs."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer

SETTINGS = (
    {"analyzer": "word", "ngram_range": (1, 2), "token_pattern": r"(?u)\b\w+\b"},
    {"analyzer": "char_wb", "ngram_range": (3, 4)},
)
RARE = (2, 3)  # words and pieces seen in fewer texts than these are left out
SCALE = 0.5  # beside the sentence's vector of length one; 1 would drown it
DIRECTIONS = 400


@dataclass(frozen=True)
class Words:
    """Known words and pieces with their weights."""

    counters: tuple[TfidfVectorizer, ...]

    def count_one(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """Return the columns and values of one text's row: what `count` does, but at once.

        For a single text most of scikit-learn's time goes into checks and sparse matrices.
        """
        columns: list[int] = []
        values: list[np.ndarray] = []
        start = 0
        for pieces_of, places, idf in self._readers:
            seen = Counter(place for p in pieces_of(text) if (place := places.get(p)) is not None)
            weights = (1 + np.log(np.array([*seen.values()]))) * idf[[*seen]] if seen else idf[:0]
            columns += (start + place for place in seen)
            values.append(SCALE * weights / (np.linalg.norm(weights) or 1))
            start += len(places)
        return np.array(columns, dtype=np.int64), np.concatenate(values).astype(np.float32)

    @cached_property
    def _readers(self) -> list[tuple[Callable[[str], list[str]], dict[str, int], np.ndarray]]:
        return [(c.build_analyzer(), c.vocabulary_, c.idf_) for c in self.counters]

    def count(self, texts: Sequence[str]) -> sp.csr_matrix:
        """Return one sparse row for each text."""
        return _row_of([counter.transform(texts) for counter in self.counters])

    def to_arrays(self) -> dict[str, np.ndarray]:
        """Return what `words_from_arrays` reads."""
        arrays = {}
        for number, counter in enumerate(self.counters):
            terms = counter.get_feature_names_out()
            arrays[f"terms{number}"] = np.array("\n".join(terms))
            arrays[f"idf{number}"] = counter.idf_.astype(np.float32)
        return arrays


def learn_words(texts: Sequence[str]) -> tuple[Words, sp.csr_matrix]:
    """Learn the words of the texts and how telling each one is; return their rows, too."""
    counters = tuple(
        TfidfVectorizer(sublinear_tf=True, min_df=rare, dtype=np.float32, **settings)
        for settings, rare in zip(SETTINGS, RARE, strict=True)
    )
    blocks = [counter.fit_transform(texts) for counter in counters]
    return Words(counters), _row_of(blocks)


def _row_of(blocks: Sequence[sp.csr_matrix]) -> sp.csr_matrix:
    return SCALE * sp.hstack(blocks, format="csr", dtype=np.float32)


def words_from_arrays(arrays: dict[str, np.ndarray]) -> Words:
    """Read back what `Words.to_arrays` returned."""
    counters = []
    for number, settings in enumerate(SETTINGS):
        terms = str(arrays[f"terms{number}"]).split("\n")
        counter = TfidfVectorizer(sublinear_tf=True, dtype=np.float32, vocabulary=terms, **settings)
        counter.idf_ = arrays[f"idf{number}"]
        counters.append(counter)
    return Words(tuple(counters))


def main_directions(counts: sp.csr_matrix, seed: int = 0) -> np.ndarray:
    """Return the few directions (columns) that hold most of the counts' differences."""
    size = min(DIRECTIONS, min(counts.shape) - 1)
    return TruncatedSVD(size, n_iter=1, random_state=seed).fit(counts).components_.T
