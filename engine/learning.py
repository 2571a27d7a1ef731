"""Learns the intents from examples; those held back from a try make the confidences honest."""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
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
# The encoder has been fitted to most examples (`make adapt`), those held back too, so that they
# look surer than what patients ask: on 4,700 questions, chances are most honest this much warmer.
WARMER = 1.4
HELD_BACK = 3  # every third example of an intent is held back when confidence is learnt
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
        held_back = workers.submit(try_held_back, data)
        foreign = workers.submit(try_scope, data)
        weights, bias = final.result()
        logits, known = held_back.result()
        scope_try = foreign.result()
    right = 100 * float((logits.argmax(axis=1) == known).mean())
    log.info("Intents: %.1f %% right of the examples held back.", right)
    heat = WARMER * temperature(logits, known)
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


def try_held_back(data: Data) -> tuple[np.ndarray, np.ndarray]:
    """Return logits of the examples held back, from a model that did not see them, and labels."""
    folds = max(2, min(HELD_BACK, int(np.bincount(data.labels).min())))
    split = StratifiedKFold(folds, shuffle=True, random_state=0).split(data.labels, data.labels)
    seen, unseen = next(split)
    logits, _ = data.try_out(seen, unseen)
    return logits, data.labels[unseen]


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
