"""Knows what a message wants: a trained model from texts to ranked intents."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.calibration import yes_no
from engine.softmax import softmax
from engine.tags import tag_rows
from engine.words import Words, words_from_arrays

RANKED = 12  # what a chance is summed over; more carry next to nothing
# How much the nearest example of an intent speaks for it, beside the trained weights: half a
# point more right in cross-validation, and a message nearly in the examples is surely right.
NEAREST = 8.0
WITHIN = 0.5  # cosines to the examples of two intents that a message may mean differ by less


@dataclass(frozen=True, slots=True)
class Text:
    """A message as the model sees it: its words, its vector, and what kinds of things it names."""

    text: str
    vector: np.ndarray
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a message seems to want, and how sure that is."""

    ranking: tuple[tuple[str, float], ...]  # best first; calibrated
    nearest: float  # cosine to the nearest example of the best intent
    scope: float  # P(it is something the model was trained on)


@dataclass(frozen=True, slots=True)
class Examples:
    """The examples' vectors, ordered by intent, to see how near a new message comes."""

    vectors: np.ndarray
    ends: np.ndarray  # where each intent's examples end

    def closeness(self, vectors: np.ndarray, logits: np.ndarray) -> np.ndarray:
        """Return each row's cosine to the nearest example of each intent that it may be.

        The others, too unlikely to be brought up by any example, are not looked at and get 0: the
        examples fill more memory than anything else that a message needs.
        """
        likely = logits > logits.max(axis=1, keepdims=True) - NEAREST * WITHIN
        closeness = np.zeros(logits.shape, np.float32)
        for intent in np.flatnonzero(likely.any(axis=0)):
            begin, end = self.ends[intent - 1] if intent else 0, self.ends[intent]
            rows = likely[:, intent]
            if begin < end:
                near = vectors[rows] @ self.vectors[begin:end].T
                closeness[rows, intent] = near.max(axis=1)
        return closeness


def examples_by_intent(vectors: np.ndarray, labels: np.ndarray, intents: int) -> Examples:
    """Order the examples by their intents, which are counted from 0."""
    order = np.argsort(labels, kind="stable")
    return Examples(vectors[order], np.cumsum(np.bincount(labels, minlength=intents)))


@dataclass(frozen=True, slots=True)
class IntentModel:
    """Everything learnt about the intents."""

    intents: tuple[str, ...]
    words: Words
    tags: tuple[str, ...]
    vector_weights: np.ndarray  # of the sentence's vector and the tags
    word_weights: np.ndarray
    bias: np.ndarray
    temperature: float
    scope_weights: np.ndarray
    examples: Examples

    def understand(self, text: Text) -> Understanding:
        """Rank the intents for one message."""
        dense = np.hstack([text.vector, tag_rows([text.tags], self.tags)[0]])
        columns, counts = self.words.count_one(text.text)
        logits = dense @ self.vector_weights + self.bias
        logits += counts @ self.word_weights[columns].astype(np.float32)
        logits = logits[None, :]
        closeness = self.examples.closeness(text.vector[None, :], logits)
        chances = softmax((logits + NEAREST * closeness) / self.temperature)
        best = np.argsort(-chances[0], kind="stable")[:RANKED]
        return Understanding(
            tuple((self.intents[i], float(chances[0, i])) for i in best),
            float(closeness[0, best[0]]),
            float(yes_no(scope_signs(chances, closeness), self.scope_weights)[0]),
        )

    def to_arrays(self) -> dict[str, np.ndarray]:
        """Return what `model_from_arrays` reads, small enough for a model's archive."""
        return {
            "intents": np.array("\n".join(self.intents)),
            "tags": np.array("\n".join(self.tags)),
            "vector_weights": self.vector_weights.astype(np.float32),
            "word_weights": self.word_weights.astype(np.float16),
            "bias": self.bias.astype(np.float32),
            "numbers": np.array([self.temperature]),
            "scope_weights": self.scope_weights,
            "example_vectors": self.examples.vectors.astype(np.float16),
            "example_ends": self.examples.ends,
            **self.words.to_arrays(),
        }


def model_from_arrays(arrays: Mapping[str, np.ndarray]) -> IntentModel:
    """Read back what `IntentModel.to_arrays` returned."""
    (temperature,) = arrays["numbers"].tolist()
    return IntentModel(
        tuple(str(arrays["intents"]).splitlines()),
        words_from_arrays(arrays),
        tuple(str(arrays["tags"]).splitlines()),
        arrays["vector_weights"],
        arrays["word_weights"],
        arrays["bias"],
        temperature,
        arrays["scope_weights"],
        Examples(arrays["example_vectors"].astype(np.float32), arrays["example_ends"]),
    )


def scope_signs(chances: np.ndarray, closeness: np.ndarray) -> np.ndarray:
    """Return what tells a message in scope: a clear winner, and examples that come near."""
    rows = np.arange(len(chances))
    # Not by `np.clip`, which takes ten times as long.
    best = np.minimum(np.maximum(chances.max(axis=1), 1e-6), 1 - 1e-6)
    own = closeness[rows, chances.argmax(axis=1)]
    return np.column_stack([np.log(best / (1 - best)), own, closeness.max(axis=1)])
