"""Counts a text's words and pieces of words (tf-idf), which the sentence's vector blurs."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfVectorizer

SETTINGS = (
    {"analyzer": "word", "ngram_range": (1, 2), "token_pattern": r"(?u)\b\w+\b"},
    {"analyzer": "char_wb", "ngram_range": (3, 4)},
)
RARE = (2, 3)  # words and pieces seen in fewer texts than these are left out
SCALE = 0.5  # beside the sentence's vector of length one; 1 would drown it
WORKERS = 2
DIRECTIONS = 400
LEAST_STRENGTH = 1e-9  # beside the strongest; what is weaker is rounding


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
    """Return directions (columns, at right angles) that hold most of the counts' differences.

    The range of a random projection after one power iteration (Halko, Martinsson and Tropp,
    https://arxiv.org/abs/0909.4061), made orthonormal by way of its small Gram matrix.
    """
    size = min(DIRECTIONS, min(counts.shape) - 1)
    random = np.random.default_rng(seed).standard_normal((counts.shape[0], size))
    turned = counts.T.tocsr()
    span = _product(turned, random.astype(np.float32))
    span = _product(turned, _product(counts, span))
    strengths, axes = np.linalg.eigh(span.T.astype(np.float64) @ span)
    kept = strengths > strengths[-1] * LEAST_STRENGTH
    return span @ (axes[:, kept] / np.sqrt(strengths[kept])).astype(np.float32)


def _product(sparse: sp.csr_matrix, dense: np.ndarray) -> np.ndarray:
    """Multiply on both cores, half of the columns on each."""
    halves = (np.ascontiguousarray(half) for half in np.array_split(dense, WORKERS, axis=1))
    with ThreadPoolExecutor(WORKERS) as workers:
        return np.hstack(list(workers.map(sparse.dot, halves)))
