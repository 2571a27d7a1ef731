"""Counts a text's words and pieces of words (tf-idf), which the sentence's vector blurs."""

from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Words:
    """Known words and pieces with their weights."""

    counters: tuple[TfidfVectorizer, ...]

    def count(self, texts: Sequence[str]) -> sp.csr_matrix:
        """Return one sparse row for each text."""
        blocks = [counter.transform(texts) for counter in self.counters]
        return SCALE * sp.hstack(blocks, format="csr", dtype=np.float32)

    def to_arrays(self) -> dict[str, np.ndarray]:
        """Return what `words_from_arrays` reads."""
        arrays = {}
        for number, counter in enumerate(self.counters):
            terms = counter.get_feature_names_out()
            arrays[f"terms{number}"] = np.array("\n".join(terms))
            arrays[f"idf{number}"] = counter.idf_.astype(np.float32)
        return arrays


def learn_words(texts: Sequence[str]) -> Words:
    """Learn the words of the texts and how telling each one is."""
    counters = (
        TfidfVectorizer(sublinear_tf=True, min_df=rare, dtype=np.float32, **settings)
        for settings, rare in zip(SETTINGS, RARE, strict=True)
    )
    return Words(tuple(counter.fit(texts) for counter in counters))


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
    return TruncatedSVD(size, n_iter=2, random_state=seed).fit(counts).components_.T
