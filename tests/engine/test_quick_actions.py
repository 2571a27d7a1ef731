"""What the action endpoint answers is checked by its form."""

from unittest.mock import Mock

import pytest

from engine.quick_actions import WrongAnswerError, check_answer


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"events": None, "responses": []},
        {"events": [{"event": "slot", "name": "joint", "value": "knee"}]},
        {"events": [], "responses": [{"custom": {"text": "x"}}], "more": 1},
    ],
)
def test_an_answer_is_taken(answer: object) -> None:
    assert check_answer(Mock(), answer)


@pytest.mark.parametrize(
    "answer",
    [None, [], "text", {"events": {"a": {}}}, {"events": ["slot"]}, {"responses": "x"}],
)
def test_anything_else_is_refused(answer: object) -> None:
    with pytest.raises(WrongAnswerError):
        check_answer(Mock(), answer)
