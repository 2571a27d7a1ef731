"""Words that mean something only after the answer before them."""

import pytest

from actions import following
from actions.context import Context
from actions.heard import Candidate, Entity
from tests.actions.understood import heard

LAST = "ask:how_long_it_lasts"


def test_more_quotes_what_was_not_said_yet(context: Context) -> None:
    message = following.tell_more(context, heard("tell_more", last_answer=LAST)).message
    more = context.knowledge.answers["how_long_it_lasts"].general.more
    assert [one.quote for one in message.citations] == [quote.text for quote in more]


def test_source_names_each_passage_of_the_answer(context: Context) -> None:
    message = following.ask_source(context, heard("ask_source", last_answer=LAST)).message
    said = context.knowledge.answers["how_long_it_lasts"].general.says
    assert [one.section for one in message.citations] == [quote.section for quote in said]


@pytest.mark.parametrize("follow", [following.tell_more, following.ask_why, following.ask_source])
def test_without_an_answer_before_it_asks(context: Context, follow) -> None:  # noqa: ANN001
    message = follow(context, heard("tell_more")).message
    assert message.kind == "smalltalk"
    assert message.suggestions


def test_why_always_says_something_true(context: Context) -> None:
    for name in context.knowledge.answers:
        said = following.ask_why(context, heard("ask_why", last_answer=f"ask:{name}"))
        assert said.message.citations or said.message.intent == "nothing_to_add"


@pytest.mark.parametrize(
    ("last", "entity", "answer", "document"),
    [
        (
            "ask:when_will_it_work@knee",
            ("body_part", "shoulder"),
            "when_will_it_work",
            "permanence",
        ),
        ("ask:when_will_it_work", ("body_part", "knee"), "when_will_it_work", "knee-timeline"),
        (LAST, ("body_part", "shoulder"), "shoulder_or_elbow", "permanence"),
        (LAST, ("body_part", "hip"), "hip", "permanence"),
        (LAST, ("habit", "smoking"), "smoking", "permanence"),
        (LAST, ("age", 70.0), "age", "permanence"),
    ],
)
def test_a_new_subject_gets_its_own_answer(
    context: Context, last: str, entity: tuple[str, str | float], answer: str, document: str
) -> None:
    said = following.ask_about(context, heard("ask_about", Entity(*entity), last_answer=last))
    assert said.message.intent == answer
    assert said.message.citations[0].document == document


def test_a_new_subject_in_other_words_takes_the_likeliest_answer(context: Context) -> None:
    likely = (Candidate("ask_about", 0.5), Candidate("answer/age", 0.3))
    said = following.ask_about(context, heard("ask_about", last_answer=LAST, candidates=likely))
    assert said.message.intent == "age"


def test_yes_takes_up_what_was_offered(context: Context) -> None:
    said = following.accept(context, heard("affirm", offered="ask:when_will_it_work@knee"))
    assert said.message.citations[0].document == "knee-timeline"
    assert following.accept(context, heard("affirm", offered="book")).message.kind == "booking"
    assert following.accept(context, heard("affirm")).message.kind == "smalltalk"


def test_more_is_told_once(context: Context) -> None:
    said = following.tell_more(context, heard("tell_more", last_answer=LAST))
    assert said.more
    again = following.tell_more(context, heard("tell_more", last_answer=LAST, more_told=True))
    assert again.message.intent == "nothing_to_add"


@pytest.mark.parametrize("follow", [following.ask_why, following.ask_source])
def test_after_a_decline_nothing_older_is_quoted(context: Context, follow) -> None:  # noqa: ANN001
    message = follow(context, heard("ask", last_answer=LAST, last_kind="decline")).message
    assert message.kind == "decline"
    assert not message.citations


def test_the_knee_after_an_answer_for_any_joint_says_it_again(context: Context) -> None:
    asked = heard("ask_about", Entity("body_part", "knee"), last_answer="ask:is_it_permanent")
    assert following.ask_about(context, asked).message.intent == "is_it_permanent"


def test_a_nod_takes_up_nothing(context: Context) -> None:
    nodded = heard("affirm", text="Ok.", offered="ask:how_long_it_lasts")
    assert following.accept(context, nodded).message.intent == "no_need"
