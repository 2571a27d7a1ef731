"""Learns the intents from examples; cross-validation makes the confidences honest."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.model_selection import StratifiedKFold

from engine.calibration import fit_yes_no, temperature
from engine.intents import NEAREST, IntentModel, Text, examples_by_intent, scope_signs
from engine.softmax import fit, softmax
from engine.tags import tag_rows
from engine.words import learn_words, main_directions

log = logging.getLogger(__name__)
# Of the weights: right for twelve thousand examples and more, where a third of it and three times
# as much do no better in cross-validation.
PENALTY = 3e-6
FOLDS = 3
FOREIGN = 4  # every fourth intent plays the unforeseen when scope is learnt


@dataclass(frozen=True, slots=True)
class Data:
    """The examples as numbers: one row each."""

    features: np.ndarray
    vectors: np.ndarray
    labels: np.ndarray
    intents: int

    def try_out(self, seen: np.ndarray, unseen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return logits and closeness of the unseen rows, from a model of the seen ones."""
        weights, bias = fit(self.features[seen], self.labels[seen], self.intents, PENALTY)
        known = examples_by_intent(self.vectors[seen], self.labels[seen], self.intents)
        closeness = known.closeness(self.vectors[unseen])
        return self.features[unseen] @ weights + bias + NEAREST * closeness, closeness


def learn(texts: Sequence[Text], names: Sequence[str]) -> IntentModel:
    """Return the model that the examples teach."""
    intents, labels = np.unique(np.array(names), return_inverse=True)
    vectors = np.vstack([text.vector for text in texts])
    tags = sorted(set().union(*(text.tags for text in texts)))
    dense = np.hstack([vectors, tag_rows([text.tags for text in texts], tags)])
    words = learn_words([text.text for text in texts])
    counts = words.count([text.text for text in texts])
    directions = main_directions(counts)
    features = np.hstack([dense, counts @ directions]).astype(np.float32)
    data = Data(features, vectors, labels, len(intents))
    logits = cross_validate(data)
    right = 100 * float((logits.argmax(axis=1) == labels).mean())
    log.info("Intents: %.1f %% right in cross-validation.", right)
    heat = temperature(logits, labels)
    scope = learn_scope(data, heat)
    weights, bias = fit(features, labels, len(intents), PENALTY)
    return IntentModel(
        tuple(intents.tolist()),
        words,
        tuple(tags),
        weights[: dense.shape[1]],
        directions @ weights[dense.shape[1] :],
        bias,
        heat,
        scope,
        examples_by_intent(vectors, labels, len(intents)),
    )


def folds(labels: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Return the rows to learn from and the rows to try on, a few times."""
    count = max(2, min(FOLDS, int(np.bincount(labels).min())))
    return StratifiedKFold(count, shuffle=True, random_state=0).split(labels, labels)


def cross_validate(data: Data) -> np.ndarray:
    """Return the logits of each row from models that did not see the row."""
    logits = np.zeros((len(data.labels), data.intents), np.float32)
    for seen, unseen in folds(data.labels):
        logits[unseen], _ = data.try_out(seen, unseen)
    return logits


def learn_scope(data: Data, heat: float) -> np.ndarray:
    """Learn P(in scope): messages of intents that a model never saw stand for the unforeseen."""
    foreign = data.labels % FOREIGN == 0
    first = np.random.default_rng(0).random(len(foreign)) < 0.7
    seen, unseen = np.flatnonzero(first & ~foreign), np.flatnonzero(~first)
    if not len(seen) or not foreign[unseen].any() or foreign[unseen].all():
        return np.array([0.0, 0.0, 0.0, 9.0])  # too few examples to tell: everything is in scope
    logits, closeness = data.try_out(seen, unseen)
    return fit_yes_no(scope_signs(softmax(logits / heat), closeness), ~foreign[unseen])
