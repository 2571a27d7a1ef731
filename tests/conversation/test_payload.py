"""Buttons reach the answers, and typed words reach no command of the engine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.payload import COMMANDS, Ask, for_engine, read_ask

ANSWERS = ("is_it_permanent", "how_long_it_lasts")


@pytest.mark.parametrize(
    ("payload", "told"),
    [
        ("ask:is_it_permanent", '/answer{"answer": "is_it_permanent"}'),
        ("ask:is_it_permanent@knee", '/answer{"answer": "is_it_permanent", "joint": "knee"}'),
        ("book", "/book"),
        ("more", "/tell_more"),
        ("ask:no_such_answer", "ask:no_such_answer"),
        ("/restart", "restart"),
        (" //session_start", "session_start"),
        ("/", "-"),
        ("is it permanent", "is it permanent"),
    ],
)
def test_what_the_engine_is_told(payload: str, told: str) -> None:
    assert for_engine(payload, ANSWERS) == told


@given(st.text())
def test_typed_text_never_becomes_a_command(text: str) -> None:
    if text not in COMMANDS and read_ask(text) is None:
        assert not for_engine(text, ANSWERS).startswith("/")


@given(st.sampled_from(ANSWERS), st.sampled_from([None, "knee", "general"]))
def test_a_payload_is_read_back(answer: str, joint: str | None) -> None:
    assert read_ask(str(Ask(answer, joint))) == Ask(answer, joint)


def test_a_rating_says_its_words() -> None:
    # The engine knows no small talk by the name of its intent.
    assert for_engine("helpful", ()) == "That helped"
    assert for_engine("not-helpful", ()) == "That did not help"
