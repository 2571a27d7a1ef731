"""Chooses how sure the assistant must be: the gates' numbers, from labelled questions.

Each question is judged twice: what would be said if every gate were open, and what when they are
shut (it asks back, or says that it doesn't know). The three signs of being right are weighed by
logistic regression; then each class of replies gets the least confidence that serves best.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.evaluation.score import Scored

SIGNS = ("chance", "margin", "agreement")
CLASSES = ("light", "decline", "ordinary", "strict", "unfamiliar")
# What a reply is worth beside a right one: a wrong passage harms more than a right one helps.
OFFERED, WRONG = 0.6, -2.0
STEPS = np.round(np.arange(0.30, 0.96, 0.01), 2)
FOLDS = 10


@dataclass(frozen=True, slots=True)
class Tried:
    """A question with its signs, its class, and the replies with the gates open and shut."""

    signs: tuple[float, ...]
    gate: str
    topic: str  # what it seems to be about; questions of one topic are learnt and tried together
    open: Scored
    shut: Scored


@dataclass(frozen=True, slots=True)
class Tuned:
    """The weights of the signs, the bias last, and the least confidence for each class."""

    weights: Mapping[str, float]
    least: Mapping[str, float]
    areas: Mapping[str, float]  # area under the curve of right against wrong, by topic


def tune(tried: Sequence[Tried]) -> Tuned:
    """Return the numbers that serve these questions best."""
    signs = np.array([one.signs for one in tried])
    right = np.array([one.open.right for one in tried])
    weights = fit(signs, right)
    sure = confidence(signs, weights)
    least = {
        name: _least([(c, one) for c, one in zip(sure, tried, strict=True) if one.gate == name])
        for name in CLASSES
    }
    topics = [one.topic for one in tried]
    areas = {
        "chance alone": area_by_topic(signs[:, :1], right, topics),
        "chance and margin": area_by_topic(signs[:, :2], right, topics),
        "all three": area_by_topic(signs, right, topics),
    }
    return Tuned(dict(zip((*SIGNS, "bias"), weights.tolist(), strict=True)), least, areas)


def fit(signs: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the weights of a logistic regression, the bias last; by Newton's method."""
    rows = np.hstack([signs, np.ones((len(signs), 1))])
    weights = np.zeros(rows.shape[1])
    for _ in range(30):
        chances = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (right - chances) - 1e-3 * weights
        curve = (rows * (chances * (1 - chances))[:, None]).T @ rows
        weights = weights + np.linalg.solve(curve + 1e-3 * np.eye(len(weights)), slope)
    return weights


def confidence(signs: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return each row's chance of being right."""
    return np.asarray(1 / (1 + np.exp(-(signs @ weights[:-1] + weights[-1]))))


def area_by_topic(signs: np.ndarray, right: np.ndarray, topics: Sequence[str]) -> float:
    """Return how well weights tell right from wrong on topics that they were not learnt from."""
    names = sorted(set(topics))
    fold = np.array([names.index(topic) % FOLDS for topic in topics])
    sure = np.zeros(len(right))
    for number in range(FOLDS):
        out = fold == number
        if out.any() and (~out).any():
            sure[out] = confidence(signs[out], fit(signs[~out], right[~out]))
    return area(sure, right)


def area(sure: np.ndarray, right: np.ndarray) -> float:
    """Return the chance that a right reply is surer than a wrong one; a half without either."""
    above = sure[right][:, None] - sure[~right][None, :]
    return float((above > 0).mean() + 0.5 * (above == 0).mean()) if above.size else 0.5


def _least(tried: Sequence[tuple[float, Tried]]) -> float:
    """Return the least confidence at which these replies are worth most."""
    worth = [sum(_worth(one.open if c >= step else one.shut) for c, one in tried) for step in STEPS]
    best = max(worth)
    # Of those that are as good, the middle: what lies at an edge fits these questions alone.
    good = [step for step, value in zip(STEPS, worth, strict=True) if value > best - 1e-9]
    return float(good[len(good) // 2])


def _worth(one: Scored) -> float:
    if one.right:
        return 1.0
    if one.offered_right:
        return OFFERED
    return WRONG if one.wrongly_answered else 0.0


def rewritten(text: str, numbers: Iterable[tuple[str, float]]) -> str:
    """Return the gates' file with these numbers in place of those it has; the comments stay."""
    lines = text.split("\n")
    for name, number in numbers:
        for place, line in enumerate(lines):
            key, colon, rest = line.partition(":")
            if colon and key.strip() == name:
                comment = rest.partition("#")
                note = f"  #{comment[2]}" if comment[1] else ""
                lines[place] = f"{key}: {number:.2f}{note}"
    return "\n".join(lines)
