"""Makes confidences honest: of the answers given with 0.8, about eight in ten should be right."""

import numpy as np
from scipy.optimize import minimize, minimize_scalar

from engine.softmax import softmax


def log_loss(logits: np.ndarray, labels: np.ndarray) -> float:
    """Return the mean surprise at the right labels; lower is better and more honest."""
    right = softmax(logits)[np.arange(len(labels)), labels]
    return float(-np.log(np.maximum(right, 1e-12)).mean())


def temperature(logits: np.ndarray, labels: np.ndarray) -> float:
    """Return the number that divides the logits of messages not trained on to be most honest."""
    found = minimize_scalar(
        lambda t: log_loss(logits / np.exp(t), labels), bounds=(-3, 3), method="bounded"
    )
    return float(np.exp(found.x))


def fit_yes_no(signs: np.ndarray, yes: np.ndarray) -> np.ndarray:
    """Return weights (the last one the bias) that turn the rows of signs into P(yes)."""
    rows = np.hstack([signs, np.ones((len(signs), 1))])
    share = np.where(yes, 0.5 / max(1, yes.sum()), 0.5 / max(1, (~yes).sum()))

    def loss(weights: np.ndarray) -> float:
        margin = np.where(yes, 1, -1) * (rows @ weights)
        return float(share @ np.logaddexp(0, -margin) + 1e-4 * weights @ weights)

    return minimize(loss, np.zeros(rows.shape[1]), method="BFGS").x


def yes_no(signs: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return P(yes) for each row of signs."""
    return 1 / (1 + np.exp(-(signs @ weights[:-1] + weights[-1])))
