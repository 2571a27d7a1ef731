"""Learns the intents from examples; cross-validation makes the confidences honest."""

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from sklearn.model_selection import StratifiedKFold
from threadpoolctl import threadpool_limits

from engine.calibration import fit_yes_no, temperature
from engine.intents import (
    NEAREST,
    IntentModel,
    Text,
    examples_by_intent,
    scope_signs,
)
from engine.softmax import fit, softmax
from engine.tags import tag_rows
from engine.words import learn_words, main_directions

log = logging.getLogger(__name__)
# Of the weights: right for twenty-five thousand examples, where three times as much costs a point
# on questions written apart, and a third of it brings nothing.
PENALTY = 1e-6
FOLDS = 3
WORKERS = 2
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
        logits = self.features[unseen] @ weights + bias
        closeness = known.closeness(self.vectors[unseen], logits)
        return logits + NEAREST * closeness, closeness


def learn(texts: Sequence[Text], names: Sequence[str]) -> IntentModel:
    """Return the model that the examples teach."""
    intents, labels = np.unique(np.array(names), return_inverse=True)
    vectors = np.vstack([text.vector for text in texts])
    tags = sorted(set().union(*(text.tags for text in texts)))
    dense = np.hstack([vectors, tag_rows([text.tags for text in texts], tags)])
    words, counts = learn_words([text.text for text in texts])
    directions = main_directions(counts)
    features = np.hstack([dense, counts @ directions]).astype(np.float32)
    data = Data(features, vectors, labels, len(intents))
    # Fits side by side, each on one core, take half the time of fits that share the cores.
    with threadpool_limits(1), ThreadPoolExecutor(WORKERS) as workers:
        final = workers.submit(fit, features, labels, len(intents), PENALTY)
        foreign = workers.submit(try_scope, data)
        logits = cross_validate(data, workers)
        weights, bias = final.result()
        scope_try = foreign.result()
    right = 100 * float((logits.argmax(axis=1) == labels).mean())
    log.info("Intents: %.1f %% right in cross-validation.", right)
    heat = temperature(logits, labels)
    scope = learn_scope(scope_try, heat)
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


def cross_validate(data: Data, workers: Executor) -> np.ndarray:
    """Return the logits of each row from models that did not see the row."""
    logits = np.zeros((len(data.labels), data.intents), np.float32)
    splits = list(folds(data.labels))
    tries = [workers.submit(data.try_out, *split) for split in splits]
    for (_, unseen), tried in zip(splits, tries, strict=True):
        logits[unseen], _ = tried.result()
    return logits


@dataclass(frozen=True, slots=True)
class ScopeTry:
    """Messages of which some are of intents that the model never saw: the unforeseen."""

    logits: np.ndarray
    closeness: np.ndarray
    foreign: np.ndarray


def try_scope(data: Data) -> ScopeTry | None:
    """Try out a model that never saw some of the intents; None with too few examples to tell."""
    foreign = data.labels % FOREIGN == 0
    first = np.random.default_rng(0).random(len(foreign)) < 0.7
    seen, unseen = np.flatnonzero(first & ~foreign), np.flatnonzero(~first)
    if not len(seen) or not foreign[unseen].any() or foreign[unseen].all():
        return None
    return ScopeTry(*data.try_out(seen, unseen), foreign[unseen])


def learn_scope(tried: ScopeTry | None, heat: float) -> np.ndarray:
    """Learn P(in scope) from a try; without one, everything is in scope."""
    if tried is None:
        return np.array([0.0, 0.0, 0.0, 9.0])
    signs = scope_signs(softmax(tried.logits / heat), tried.closeness)
    return fit_yes_no(signs, ~tried.foreign)
