"""Counts a text's words (tf-idf), which the sentence's vector blurs."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfVectorizer

RARE = 2  # words seen in fewer texts than these are left out
SCALE = 0.5  # beside the sentence's vector of length one; 1 would drown it
WORKERS = 2
DIRECTIONS = 200
LEAST_STRENGTH = 1e-9  # beside the strongest; what is weaker is rounding


@dataclass(frozen=True)
class Words:
    """Known words with their weights."""

    counter: TfidfVectorizer

    def count_one(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """Return the columns and values of one text's row: what `count` does, but at once.

        For a single text most of scikit-learn's time goes into checks and sparse matrices.
        """
        places = self.counter.vocabulary_
        seen = Counter(place for w in self._words_of(text) if (place := places.get(w)) is not None)
        columns = np.array([*seen], dtype=np.int64)
        weights = (1 + np.log(np.array([*seen.values()], dtype=float))) * self._idf[columns]
        return columns, (SCALE * weights / (np.linalg.norm(weights) or 1)).astype(np.float32)

    @cached_property
    def _idf(self) -> np.ndarray:
        return self.counter.idf_  # which sums a sparse matrix each time

    @cached_property
    def _words_of(self) -> Callable[[str], list[str]]:
        return self.counter.build_analyzer()

    def count(self, texts: Sequence[str]) -> sp.csr_matrix:
        """Return one sparse row for each text."""
        return SCALE * self.counter.transform(texts)

    def to_arrays(self) -> dict[str, np.ndarray]:
        """Return what `words_from_arrays` reads."""
        return {
            "words": np.array("\n".join(self.counter.get_feature_names_out())),
            "idf": self.counter.idf_.astype(np.float32),
        }


def learn_words(texts: Sequence[str]) -> tuple[Words, sp.csr_matrix]:
    """Learn the words of the texts and how telling each one is; return their rows, too."""
    counter = _counter(min_df=RARE)
    return Words(counter), SCALE * counter.fit_transform(texts)


def words_from_arrays(arrays: Mapping[str, np.ndarray]) -> Words:
    """Read back what `Words.to_arrays` returned."""
    counter = _counter(vocabulary=str(arrays["words"]).split("\n"))
    counter.idf_ = arrays["idf"]
    return Words(counter)


def _counter(**settings: Any) -> TfidfVectorizer:
    pattern = r"(?u)\b\w+\b"
    return TfidfVectorizer(sublinear_tf=True, token_pattern=pattern, dtype=np.float32, **settings)


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
