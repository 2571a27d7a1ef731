"""What an answer leaves open is said beside it; what it doesn't cover at all is declined."""

from dataclasses import replace

import pytest

from actions.answering import answer
from actions.context import Context
from actions.fixed import decline
from actions.heard import Candidate, Entity
from tests.actions.understood import heard

GOUT = Entity("condition", "gout", covered=False, words="Gout")
ARTHRITIS = Entity("condition", "osteoarthritis", words="arthritis")


def beside(context: Context, intent: str, *entities: Entity, text: str = "does it") -> str:
    told = answer(context, heard(intent, *entities, text=text)).beside
    return "" if told is None else told.text


def test_a_thing_that_is_not_covered_is_named(context: Context) -> None:
    told = beside(context, "answer/does_it_work", ARTHRITIS, GOUT)
    assert "nothing about Gout" in told


def test_of_two_conditions_the_covered_one_is_answered(context: Context) -> None:
    likely = (Candidate("decline/other_diseases", 0.6), Candidate("answer/hip", 0.2))
    both = heard("decline/other_diseases", ARTHRITIS, GOUT, candidates=likely)
    said = decline(context, both)
    assert (said.message.kind, said.message.intent) == ("answer", "hip")
    assert said.beside is not None
    assert "nothing about Gout" in said.beside.text
    alone = heard("decline/other_diseases", GOUT, candidates=likely)
    assert decline(context, alone).message.kind == "decline"
    sore = Entity("condition", "pain", words="pain")
    complaint = heard("decline/other_diseases", GOUT, sore, candidates=likely)
    assert decline(context, complaint).message.kind == "decline"


def test_all_things_named_outside_the_documents_are_declined(context: Context) -> None:
    assert answer(context, heard("answer/does_it_work", GOUT)).message.kind == "decline"


def test_what_was_tried_before_is_told_aside(context: Context) -> None:
    tried = Entity("treatment", "shockwave therapy", covered=False, words="shockwave", aside=True)
    asked = replace(tried, aside=False)
    assert "nothing about shockwave" in beside(context, "answer/how_long_it_lasts", tried)
    said = answer(context, heard("answer/how_long_it_lasts", asked))
    assert (said.message.kind, said.message.intent) == ("decline", "other_treatments")


@pytest.mark.parametrize(
    ("joint", "kind"), [("ankle", "decline"), ("hip", "answer"), ("joint", "answer")]
)
def test_an_answer_about_one_joint_isnt_given_about_another(
    context: Context, joint: str, kind: str
) -> None:
    named = Entity("body_part", joint, words=joint)
    assert answer(context, heard("answer/hip", ARTHRITIS, named)).message.kind == kind


def test_an_illness_may_be_asked_about_wherever_it_is_told(context: Context) -> None:
    told, knee = replace(GOUT, aside=True), Entity("body_part", "knee", words="knee")
    for answers in ("does_it_work", "how_long_it_lasts"):
        assert answer(context, heard(f"answer/{answers}", told)).message.kind == "decline"
    assert answer(context, heard("answer/does_it_work", told, knee)).message.kind == "decline"


@pytest.mark.parametrize("asked", ["smoking", "what_is_it", "how_long_it_lasts"])
def test_an_illness_told_aside_leaves_a_question_about_something_else(
    context: Context, asked: str
) -> None:
    told, knee = replace(GOUT, aside=True), Entity("body_part", "knee", words="knee")
    named = [told, knee] if asked == "how_long_it_lasts" else [told]
    assert "nothing about Gout" in beside(context, f"answer/{asked}", *named)
    assert answer(context, heard(f"answer/{asked}", GOUT)).message.kind == "decline"


@pytest.mark.parametrize(
    ("part", "says"),
    [("ankle", "don't name the ankle"), ("knee", ""), ("cartilage", ""), ("shoulder", "")],
)
def test_a_joint_that_no_document_names_is_said(context: Context, part: str, says: str) -> None:
    told = beside(context, "answer/how_long_it_lasts", Entity("body_part", part))
    assert (says in told) if says else (told == "")


def test_a_passage_about_the_knee_says_so_for_another_joint(context: Context) -> None:
    told = beside(context, "answer/does_it_hurt", Entity("body_part", "hip"))
    assert "said of the knee" in told
    assert "the hip" in told


def test_what_is_said_in_general_is_said_to_be_general(context: Context) -> None:
    age = Entity("age", 71)
    personal = beside(context, "answer/is_it_for_me", age, text="I am 71, is it for me")
    assert personal.startswith("That is what our articles say in general")
    assert beside(context, "answer/is_it_for_me", text="who is it for") == ""


def test_no_placeholder_is_left(context: Context) -> None:
    for part in ("ankle", "hip", "knee", "spine", "wrist"):
        for name in context.knowledge.answers:
            told = beside(context, f"answer/{name}", Entity("body_part", part), GOUT, ARTHRITIS)
            assert "{" not in told


@pytest.mark.parametrize("asked", ["exercise_return", "downtime"])
@pytest.mark.parametrize(
    ("part", "kind"), [("shoulder", "decline"), ("knee", "answer"), ("cartilage", "answer")]
)
def test_a_shoulder_is_not_told_to_rest_as_a_knee(
    context: Context, asked: str, part: str, kind: str
) -> None:
    said = answer(context, heard(f"answer/{asked}", Entity("body_part", part)))
    assert said.message.kind == kind


def test_the_full_benefit_of_a_shoulder_is_not_the_knees(context: Context) -> None:
    said = answer(context, heard("answer/full_benefit", Entity("body_part", "shoulder")))
    assert said.message.citations[0].section == "permanence#months-6-to-24"
    said = answer(context, heard("answer/full_benefit"))
    assert said.message.citations[0].section == "knee-timeline#months-6-12"
