"""The gates: what is said, what is asked back, and what is an emergency."""

from pathlib import Path

import pytest
from conftest import ROOT

from engine.gates import (
    Gates,
    GatesError,
    Topic,
    decide,
    gates_from_array,
    gates_to_array,
    outcomes,
    read_gates,
    red_flag,
)
from engine.intents import Understanding

TOPICS = {
    "last": Topic("a#last", strict=False),
    "years": Topic("a#last", strict=False),
    "safe": Topic("a#safe", strict=True),
}
SECTIONS = {"a#last": 0.5, "a#safe": 0.5}


@pytest.fixture(scope="module")
def gates() -> Gates:
    return read_gates(ROOT / "data" / "gates.yml")


def understood(
    *ranking: tuple[str, float], scope: float = 0.9, nearest: float = 0.8
) -> Understanding:
    return Understanding(ranking, nearest, scope)


def test_intents_with_the_same_first_section_count_together() -> None:
    ranking = (("decline/cost", 0.4), ("answer/last", 0.35), ("answer/years", 0.2))
    assert [(o, i) for o, i, _ in outcomes(ranking, TOPICS)] == [
        ("a#last", "answer/last"),
        ("decline", "decline/cost"),
    ]


def test_a_clear_question_is_answered_and_a_close_one_is_not(gates: Gates) -> None:
    clear = decide(understood(("answer/last", 0.95), ("book", 0.02)), SECTIONS, TOPICS, gates)
    # Of two as likely, and the words nearer to another section.
    even = understood(("answer/last", 0.3), ("book", 0.28))
    close = decide(even, {"a#last": 0.4, "a#safe": 0.6}, TOPICS, gates)
    assert (clear.intent, clear.gate) == ("answer/last", "ordinary")
    assert (close.intent, close.gate) == (None, "ordinary")
    assert close.confidence < clear.confidence


@pytest.mark.parametrize(
    ("intent", "gate"),
    [
        ("chat/greet", "light"),
        ("answer/safe", "strict"),
        ("decline/cost", "decline"),
        ("decline/other_symptoms", "ordinary"),
    ],
)
def test_more_is_asked_where_harm_is_greater(gates: Gates, intent: str, gate: str) -> None:
    assert decide(understood((intent, 0.9)), SECTIONS, TOPICS, gates).gate == gate
    assert gates.light < gates.ordinary <= gates.strict


def test_an_answer_to_unfamiliar_words_must_be_surer(gates: Gates) -> None:
    ranking = (("answer/safe", 0.6), ("answer/last", 0.25))
    familiar = decide(understood(*ranking), SECTIONS, TOPICS, gates)
    strange = decide(understood(*ranking, nearest=0.6), SECTIONS, TOPICS, gates)
    assert (familiar.intent, familiar.gate) == ("answer/safe", "strict")
    assert (strange.intent, strange.gate) == (None, "unfamiliar")
    assert strange.confidence == familiar.confidence
    # A story around a question that is familiar, and around another one.
    told = understood(*ranking, nearest=0.6)
    same, another = understood(("answer/safe", 0.9)), understood(("answer/last", 0.9))
    for part, intent in ((same, "answer/safe"), (another, None)):
        assert decide(told, SECTIONS, TOPICS, gates, parts=[part]).intent == intent
    declined = decide(understood(("decline/cost", 0.9), nearest=0.6), SECTIONS, TOPICS, gates)
    assert (declined.intent, declined.gate) == ("decline/cost", "decline")


def test_what_lies_far_from_every_example_is_not_understood(gates: Gates) -> None:
    verdict = decide(understood(("answer/last", 0.99), scope=0.001), SECTIONS, TOPICS, gates)
    assert (verdict.intent, verdict.gate) == (None, "scope")


def test_one_question_of_several_must_be_surer(gates: Gates) -> None:
    ranking = understood(("answer/last", 0.6), ("book", 0.2))
    whole = decide(ranking, SECTIONS, TOPICS, gates)
    part = decide(ranking, SECTIONS, TOPICS, gates, part=True)
    assert (part.gate, part.least > whole.least) == ("part", True)


def test_a_section_far_from_the_words_lowers_the_confidence(gates: Gates) -> None:
    ranking = understood(("answer/last", 0.6), ("book", 0.2))
    near = decide(ranking, {"a#last": 0.6, "a#safe": 0.2}, TOPICS, gates)
    far = decide(ranking, {"a#last": 0.2, "a#safe": 0.6}, TOPICS, gates)
    assert far.confidence < near.confidence


def test_red_flags_add_up(gates: Gates) -> None:
    told = understood(("answer/last", 0.4), ("urgent/clot", 0.3), ("urgent/stroke", 0.2))
    alarm = red_flag(told, (), gates)
    assert (alarm.flag, alarm.chance, alarm.sure) == ("clot", pytest.approx(0.5), True)


def test_a_sentence_alone_must_be_clearer_than_a_message(gates: Gates) -> None:
    beside = understood(("answer/last", 0.7), ("urgent/clot", gates.urgent_beside))
    hint, sign = understood(("urgent/clot", 0.6)), understood(("urgent/clot", 0.97))
    assert red_flag(hint, (), gates).sure
    assert not red_flag(beside, (hint,), gates).sure
    assert red_flag(beside, (hint, sign), gates).sure


def test_a_sentence_is_no_red_flag_in_a_message_that_is_clearly_about_something_else(
    gates: Gates,
) -> None:
    question, sign = understood(("answer/last", 0.9)), understood(("urgent/clot", 0.9))
    alarm = red_flag(question, (sign,), gates)
    assert (alarm.sure, alarm.harmless, alarm.chance) == (False, False, pytest.approx(0.9))


def test_a_message_is_harmless_only_when_no_part_of_it_looks_like_a_red_flag(gates: Gates) -> None:
    nothing, hint = understood(("answer/last", 0.99)), understood(("urgent/clot", 0.1))
    assert red_flag(nothing, (nothing,), gates).harmless
    assert not red_flag(nothing, (nothing, hint), gates).harmless
    assert not red_flag(hint, (), gates).harmless


def test_nonsense_is_no_red_flag_but_strange_words_for_one_are(gates: Gates) -> None:
    nonsense = understood(("urgent/clot", 0.3), ("book", 0.1), nearest=0.37)
    strange = understood(("urgent/clot", 0.9), ("book", 0.1), nearest=0.37)
    assert not red_flag(nonsense, (), gates).sure
    assert decide(nonsense, SECTIONS, TOPICS, gates).intent is None
    assert red_flag(strange, (), gates).sure


def test_the_gates_are_kept_with_the_model(gates: Gates) -> None:
    assert gates_from_array(gates_to_array(gates)) == gates


@pytest.mark.parametrize(
    "content", ["", "confidence: 3", "confidence: {}\nleast: {light: 1}", "a: [", "least: {}"]
)
def test_a_broken_file_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "gates.yml").write_text(content)
    with pytest.raises(GatesError, match=r"gates\.yml does not hold"):
        read_gates(tmp_path / "gates.yml")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(GatesError, match=r"gates\.yml is missing"):
        read_gates(tmp_path / "gates.yml")
