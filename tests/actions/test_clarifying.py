"""What happens when it isn't clear what is meant: asked once, then said honestly."""

import pytest

from actions.clarifying import clarify
from actions.context import Context
from actions.heard import Candidate, Entity
from tests.actions.understood import heard

CLOSE = (Candidate("answer/how_long_it_lasts", 0.3), Candidate("answer/when_will_it_work", 0.28))


def test_close_questions_are_offered(context: Context) -> None:
    message = clarify(context, heard("nlu_fallback", text="how long", candidates=CLOSE)).message
    assert message.kind == "clarify"
    assert [one.payload for one in message.suggestions] == [
        "ask:how_long_it_lasts",
        "ask:when_will_it_work",
    ]


def test_a_single_offer_is_not_called_one_of_several(context: Context) -> None:
    one = clarify(context, heard("nlu_fallback", text="how long", candidates=CLOSE[:1])).message
    both = clarify(context, heard("nlu_fallback", text="how long", candidates=CLOSE)).message
    assert len(one.suggestions) == 1
    assert one.text.endswith("Do you mean this?")
    assert both.text.endswith("Do you mean one of these?")


def test_never_twice_in_a_row(context: Context) -> None:
    asked = heard("nlu_fallback", text="how", candidates=CLOSE, last_kind="clarify", misses=1)
    message = clarify(context, asked).message
    assert message.kind == "decline"
    assert [one.payload for one in message.suggestions] == ["person", "call"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("🙂🙂", "no_words"),
        ("wie lange dauert das, bis es wirkt und ist das sicher", "other_language"),
        ("purple monkey dishwasher", "unknown"),
    ],
)
def test_an_honest_reply_for_what_cannot_be_read(context: Context, text: str, intent: str) -> None:
    message = clarify(context, heard("nlu_fallback", text=text)).message
    assert (message.kind, message.intent) == ("decline", intent)
    assert message.suggestions[-1].payload == "person"


def test_a_decline_that_is_far_likelier_is_not_turned_into_questions(context: Context) -> None:
    mixed = (Candidate("decline/cost", 0.7), Candidate("answer/worth_it", 0.1))
    message = clarify(context, heard("nlu_fallback", text="how much", candidates=mixed)).message
    assert message.kind == "decline"
    assert message.suggestions[0].payload == "ask:worth_it"
    assert message.suggestions[-1].payload == "person"


def test_nothing_is_offered_for_a_disease_that_is_not_covered(context: Context) -> None:
    asthma = Entity("condition", "asthma", covered=False)
    asked = heard("nlu_fallback", asthma, text="how long for asthma", candidates=CLOSE)
    said = clarify(context, asked)
    assert (said.message.kind, said.message.intent) == ("decline", "other_diseases")
    assert not said.missed


def test_nothing_is_offered_for_another_country(context: Context) -> None:
    mexico = Entity("place", "mexico", covered=False)
    said = clarify(context, heard("nlu_fallback", mexico, text="risks there", candidates=CLOSE))
    assert (said.message.kind, said.message.intent) == ("decline", "travel")


def test_what_somebody_promises_in_another_country_is_a_question_of_promises(
    context: Context,
) -> None:
    abroad = Entity("place", "abroad", covered=False)
    likely = (Candidate("answer/guarantees", 0.4), *CLOSE)
    asked = heard("nlu_fallback", abroad, text="a place abroad promises", candidates=likely)
    offered = clarify(context, asked).message.suggestions
    assert [one.payload for one in offered] == ["ask:guarantees"]


@pytest.mark.parametrize(
    ("declined", "said"), [(0.3, ("clarify", "unsure")), (0.7, ("decline", "unknown"))]
)
def test_a_decline_much_likelier_than_the_answers_is_said(
    context: Context, declined: float, said: tuple[str, str]
) -> None:
    mixed = (Candidate("decline/cost", declined), Candidate("answer/worth_it", 0.3))
    message = clarify(context, heard("nlu_fallback", text="worth what", candidates=mixed)).message
    assert (message.kind, message.intent) == said


def test_what_is_like_nothing_gets_no_offers(context: Context) -> None:
    words = heard("nlu_fallback", text="blorb the wibble", candidates=CLOSE, nearest=0.3)
    message = clarify(context, words).message
    assert (message.kind, message.intent) == ("decline", "unknown")


def test_offers_lead_to_different_passages(context: Context) -> None:
    first = context.knowledge.answers["need_again"].general.sections[0]
    same = [a.id for a in context.knowledge.answers.values() if a.general.sections[0] == first]
    close = tuple(Candidate(f"answer/{name}", 0.2) for name in (*same, "is_it_safe"))
    offers = clarify(
        context, heard("nlu_fallback", text="how", candidates=close)
    ).message.suggestions
    assert len(same) > 1
    assert [offer.sections[0] == first for offer in offers] == [True, False]
