"""The gates are chosen so that sure replies are said and unsure ones are asked back."""

from random import Random

import numpy as np
import pytest

from bot.conversation.message import Citation, Message, Suggestion
from bot.evaluation.questions import Labelled
from bot.evaluation.score import Scored
from bot.evaluation.tuning import (
    CLASSES,
    Tried,
    area,
    area_by_topic,
    confidence,
    fit,
    rewritten,
    tune,
)

QUESTION = Labelled("q", "text", "answer", frozenset(), frozenset({"a#right"}))


def answered(section: str) -> Scored:
    return Scored(
        QUESTION, Message("m", "answer", "t", citations=(Citation("a", section, "", "", ""),))
    )


def asked_back(section: str) -> Scored:
    offer = (Suggestion("?", "ask:x", (section,)),)
    return Scored(QUESTION, Message("m", "clarify", "t", suggestions=offer))


def tried(sure: float, right: bool, gate: str = "ordinary", topic: str = "x") -> Tried:
    said = answered("a#right" if right else "a#wrong")
    return Tried((sure, sure / 2, 0.0), gate, topic, said, asked_back("a#right"))


def some(count: int, gate: str) -> list[Tried]:
    random = Random(1)  # noqa: S311 - not a secret
    sure = [random.uniform(-2, 4) for _ in range(count)]
    return [
        tried(s, random.random() < 1 / (1 + np.exp(-2 * s)), gate, f"t{n % 7}")
        for n, s in enumerate(sure)
    ]


def test_what_is_likelier_wrong_is_asked_back() -> None:
    questions = [one for gate in CLASSES for one in some(300, gate)]
    tuned = tune(questions)
    signs = np.array([one.signs for one in questions])
    sure = confidence(signs, np.array([*tuned.weights.values()]))
    for gate, least in tuned.least.items():
        of_gate = [(c, one) for c, one in zip(sure, questions, strict=True) if one.gate == gate]
        said = [one.open.right for c, one in of_gate if c >= least]
        kept = [one.open.right for c, one in of_gate if c < least]
        assert np.mean(said) > 0.9
        assert np.mean(kept) < 0.7
    assert tuned.areas["chance alone"] > 0.8


def test_confidences_are_honest() -> None:
    questions = some(3000, "ordinary")
    signs = np.array([one.signs for one in questions])
    right = np.array([one.open.right for one in questions])
    sure = confidence(signs, fit(signs, right))
    middle = (sure > 0.5) & (sure < 0.8)
    assert sure[middle].mean() == pytest.approx(right[middle].mean(), abs=0.06)


def test_the_area_is_that_of_a_chance() -> None:
    right = np.array([True, True, False, False])
    assert area(np.array([0.9, 0.8, 0.2, 0.1]), right) == 1
    assert area(np.array([0.5, 0.5, 0.5, 0.5]), right) == 0.5
    assert area(np.array([0.5]), np.array([True])) == 0.5
    lone = area_by_topic(np.ones((4, 1)), right, ["one"] * 4)
    assert lone == 0.5


def test_numbers_are_replaced_and_comments_stay() -> None:
    text = "# top\nconfidence:\n  chance: 0.20     # log odds\n  bias: 1\nleast:\n  part: 0.80\n"
    new = rewritten(text, [("chance", 0.5), ("bias", -0.25)])
    assert (
        new
        == "# top\nconfidence:\n  chance: 0.50  # log odds\n  bias: -0.25\nleast:\n  part: 0.80\n"
    )
