"""What the confidences are worth: how often they are right, and what a stricter gate would do."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.evaluation.score import Scored

BINS = (0.0, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)
STEPS = 50


@dataclass(frozen=True, slots=True)
class Bin:
    """The replies of about the same confidence: how sure they were, how often they were right."""

    confidence: float
    right: float
    count: int


@dataclass(frozen=True, slots=True)
class Point:
    """What would happen if answers below a confidence were not given."""

    least: float
    answered: float  # share of the answerable that are answered rightly
    declined: float  # share of the others that are not answered


def reliability(scored: Sequence[Scored]) -> list[Bin]:
    """Return the bins that hold replies, least sure first."""
    sure = [(one.message.confidence or 0.0, one.right) for one in scored if _by_confidence(one)]
    bins = []
    for low, high in pairwise(BINS):
        among = [(c, r) for c, r in sure if low <= c < high or (c == high == 1.0)]
        if among:
            confidence = sum(c for c, _ in among) / len(among)
            bins.append(Bin(confidence, sum(r for _, r in among) / len(among), len(among)))
    return bins


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return by how much confidence and truth differ on average (expected calibration error)."""
    total = sum(one.count for one in bins)
    return sum(one.count * abs(one.confidence - one.right) for one in bins) / max(1, total)


def operating(scored: Sequence[Scored]) -> list[Point]:
    """Return the points from answering all that is answered now to answering nothing."""
    answerable = [one for one in scored if one.question.expect == "answer"]
    others = [one for one in scored if one.question.expect == "decline"]
    points = []
    for step in range(STEPS + 1):
        least = step / STEPS
        right = sum(one.first_right and _sure(one, least) for one in answerable)
        kept = sum(not (one.message.kind == "answer" and _sure(one, least)) for one in others)
        points.append(Point(least, right / max(1, len(answerable)), kept / max(1, len(others))))
    return points


def _sure(one: Scored, least: float) -> bool:
    return (one.message.confidence or 0.0) >= least


def _by_confidence(one: Scored) -> bool:
    """Tell whether the reply was chosen by its confidence: red flags and notices are not."""
    return one.message.kind not in ("urgent", "notice", "clarify") and bool(one.message.confidence)
