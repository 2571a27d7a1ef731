"""Multinomial logistic regression in numpy: seconds where scikit-learn's solvers take minutes."""

from dataclasses import dataclass

import numpy as np

EPOCHS = 6
BATCH = 256
RATE = 0.03
DECAY = (0.9, 0.999)  # Adam's running means of gradient and square, https://arxiv.org/abs/1412.6980


@dataclass(slots=True)
class Parameter:
    """One trained array with Adam's memory of its gradients."""

    value: np.ndarray
    mean: np.ndarray
    square: np.ndarray
    steps: int = 0

    def step(self, gradient: np.ndarray, rate: float) -> None:
        """Move the value against the gradient."""
        self.steps += 1
        self.mean += (1 - DECAY[0]) * (gradient - self.mean)
        self.square += (1 - DECAY[1]) * (gradient**2 - self.square)
        mean = self.mean / (1 - DECAY[0] ** self.steps)
        square = self.square / (1 - DECAY[1] ** self.steps)
        self.value -= rate * mean / (np.sqrt(square) + 1e-8)


def zeros(*shape: int) -> Parameter:
    """Return a parameter that starts at zero."""
    return Parameter(*(np.zeros(shape, dtype=np.float32) for _ in range(3)))


def softmax(logits: np.ndarray) -> np.ndarray:
    """Return each row's probabilities."""
    exponents = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponents / exponents.sum(axis=1, keepdims=True)


def fit(
    features: np.ndarray, labels: np.ndarray, classes: int, penalty: float, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Return the weights (features x classes) and biases that explain the labels; deterministic."""
    rows, random = len(labels), np.random.default_rng(seed)
    weights, bias = zeros(features.shape[1], classes), zeros(classes)
    for epoch in range(EPOCHS):
        rate = RATE * (1 - epoch / EPOCHS)
        for batch in np.array_split(random.permutation(rows), max(1, rows // BATCH)):
            x = features[batch]
            error = softmax(x @ weights.value + bias.value)
            error[np.arange(len(batch)), labels[batch]] -= 1
            error /= len(batch)
            weights.step(x.T @ error + penalty * weights.value, rate)
            bias.step(error.sum(axis=0), rate)
    return weights.value, bias.value
