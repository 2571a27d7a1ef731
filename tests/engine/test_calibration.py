"""Confidences are made honest from messages that were not trained on."""

import numpy as np

from engine.calibration import fit_yes_no, log_loss, temperature, yes_no
from engine.softmax import fit, softmax

RANDOM = np.random.default_rng(0)


def test_boastful_logits_are_cooled_down() -> None:
    labels = RANDOM.integers(0, 3, 2000)
    honest = np.log(np.full((2000, 3), 0.2))
    honest[np.arange(2000), np.where(RANDOM.random(2000) < 0.6, labels, (labels + 1) % 3)] = np.log(
        0.6
    )
    heat = temperature(5 * honest, labels)
    assert 3 < heat < 8
    assert log_loss(5 * honest / heat, labels) < log_loss(5 * honest, labels)


def test_softmax_learns_what_can_be_separated() -> None:
    labels = RANDOM.integers(0, 4, 800)
    features = (np.eye(4)[labels] + RANDOM.normal(0, 0.2, (800, 4))).astype(np.float32)
    weights, bias = fit(features, labels, 4, 1e-5)
    assert ((features @ weights + bias).argmax(axis=1) == labels).mean() > 0.95


def test_probabilities_add_up_even_for_huge_logits() -> None:
    assert np.allclose(softmax(np.array([[1e4, 0.0, -1e4], [0.0, 0.0, 0.0]])).sum(axis=1), 1)


def test_yes_and_no_are_told_apart() -> None:
    yes = np.arange(200) % 2 == 0
    signs = np.column_stack([np.where(yes, 1.0, -1.0) + RANDOM.normal(0, 0.3, 200)])
    chances = yes_no(signs, fit_yes_no(signs, yes))
    assert chances[yes].min() > chances[~yes].max() - 0.5
    assert chances[yes].mean() > 0.8
