"""The answer given is the one that was asked for, in the version and phase that fit."""

import pytest

from actions.answering import answer
from actions.context import Context
from actions.heard import Candidate, Entity
from bot.knowledge.passages import plain
from tests.actions.understood import heard

KNEE = Entity("body_part", "knee")
SHOULDER = Entity("body_part", "shoulder")


def _document(context: Context, intent: str, *entities: Entity, **memory: str) -> str:
    return answer(context, heard(intent, *entities, **memory)).message.citations[0].document


def test_every_answer_is_quotations_and_a_source(context: Context) -> None:
    for name in context.knowledge.answers:
        for joint in ("knee", "general"):
            tapped = (Entity("answer", name), Entity("joint", joint))
            message = answer(context, heard("answer", *tapped)).message
            *said, source = message.text.split("\n\n")
            assert [plain(text) for text in said] == [plain(c.quote) for c in message.citations]
            assert source.startswith("Source: ")
            for citation in message.citations:
                section = context.knowledge.sections[citation.section]
                assert plain(citation.quote) in plain(section.markdown)


def test_knee_and_general_are_told_apart(context: Context) -> None:
    assert _document(context, "answer/when_will_it_work", KNEE) == "knee-timeline"
    assert _document(context, "answer/when_will_it_work", SHOULDER) == "permanence"
    assert _document(context, "answer/when_will_it_work", joint="knee") == "knee-timeline"
    assert _document(context, "answer/when_will_it_work") == "permanence"


def test_the_other_version_is_one_tap_away(context: Context) -> None:
    general = answer(context, heard("answer/when_will_it_work")).message.suggestions[0]
    assert general.payload == "ask:when_will_it_work@knee"
    assert general.sections[0].startswith("knee-timeline#")
    knee = answer(context, heard("answer/when_will_it_work", KNEE)).message.suggestions[-1]
    assert knee.payload == "ask:when_will_it_work@general"


@pytest.mark.parametrize(
    ("days", "section"),
    [
        (2, "knee-timeline#days-1-3"),
        (9, "knee-timeline#weeks-1-2"),
        (21, "knee-timeline#weeks-3-6"),
        (70, "knee-timeline#months-1-3"),
        (140, "knee-timeline#months-3-6"),
        (240, "knee-timeline#months-6-12"),
    ],
)
def test_a_time_leads_to_its_phase(context: Context, days: float, section: str) -> None:
    said = answer(context, heard("answer/no_change_yet", KNEE, Entity("time_since", days)))
    assert said.message.citations[0].section == section


@pytest.mark.parametrize(
    ("entity", "topic"),
    [
        (Entity("treatment", "prp", covered=False), "other_treatments"),
        (Entity("condition", "parkinson's disease", covered=False), "other_diseases"),
        (Entity("medicine", "warfarin", covered=False), "medicines"),
    ],
)
def test_what_is_not_covered_is_declined(context: Context, entity: Entity, topic: str) -> None:
    message = answer(context, heard("answer/how_long_it_lasts", entity)).message
    assert (message.kind, message.intent) == ("decline", topic)
    assert not message.citations


def test_an_uncovered_thing_beside_a_covered_one_is_answered(context: Context) -> None:
    named = (Entity("treatment", "prp", covered=False), Entity("treatment", "stem cell therapy"))
    assert answer(context, heard("answer/how_long_it_lasts", *named)).message.kind == "answer"


def test_suggestions_tell_what_their_answers_cite(context: Context) -> None:
    for name in context.knowledge.answers:
        for offered in answer(context, heard("answer", Entity("answer", name))).message.suggestions:
            asked, _, joint = offered.payload.removeprefix("ask:").partition("@")
            tapped = (Entity("answer", asked), Entity("joint", joint or "general"))
            cited = answer(context, heard("answer", *tapped)).message.citations
            assert tuple(dict.fromkeys(one.section for one in cited)) == offered.sections


@pytest.mark.parametrize(
    ("intent", "entity", "answer_given"),
    [
        ("does_it_work", SHOULDER, "shoulder_or_elbow"),
        ("does_it_work", KNEE, "does_it_work"),
        ("is_it_for_me", Entity("body_part", "hip"), "hip"),
        ("how_long_it_lasts", SHOULDER, "how_long_it_lasts"),
        ("regrow_cartilage", Entity("condition", "end-stage arthritis"), "bone_on_bone"),
        ("regrow_cartilage", Entity("condition", "osteoarthritis"), "regrow_cartilage"),
    ],
)
def test_a_general_question_is_narrowed_by_what_it_names(
    context: Context, intent: str, entity: Entity, answer_given: str
) -> None:
    assert answer(context, heard(f"answer/{intent}", entity)).message.intent == answer_given


def test_soreness_is_answered_with_when_not_to_wait(context: Context) -> None:
    said = answer(context, heard("answer/is_soreness_normal", Entity("time_since", 2.0)))
    assert said.message.kind == "answer"
    assert said.beside is not None
    assert (said.beside.kind, "<phone>" in said.beside.text) == ("notice", True)
    assert answer(context, heard("answer/is_it_permanent")).beside is None


@pytest.mark.parametrize(
    ("days", "first"),
    [(2.0, "knee-timeline#days-1-3"), (10.0, "permanence#first-six-weeks")],
)
def test_whoever_is_sore_reads_first_what_is_said_of_their_day(
    context: Context, days: float, first: str
) -> None:
    said = answer(context, heard("answer/is_soreness_normal", KNEE, Entity("time_since", days)))
    assert said.message.citations[0].section == first
    assert len(said.message.citations) == 2


def test_whoever_says_that_it_gets_worse_reads_first_when_not_to_wait(context: Context) -> None:
    worse = answer(context, heard("answer/does_it_hurt", text="its worse than before"))
    assert [message.kind for message in worse.messages] == ["notice", "answer"]
    sore = answer(context, heard("answer/does_it_hurt", text="does it hurt"))
    assert [message.kind for message in sore.messages] == ["answer", "notice"]


def test_every_note_has_its_text(context: Context) -> None:
    notes = {one.note for one in context.knowledge.answers.values() if one.note}
    assert notes == set(context.texts.names("note"))


def test_the_picture_says_where_the_patient_is(context: Context) -> None:
    said = answer(context, heard("answer/no_change_yet", KNEE, Entity("time_since", 20.0)))
    assert said.message.figure is not None
    assert said.message.figure.url.endswith("/static/timeline.svg?day=20")
    assert said.message.figure.alt.endswith("You are at day 20.")
    general = answer(context, heard("answer/when_will_it_work", KNEE)).message.figure
    assert general is not None
    assert general.url.endswith("/static/timeline.svg")


def test_what_may_have_been_meant_instead_is_asked_next_first(context: Context) -> None:
    likely = (
        Candidate("answer/is_it_permanent", 0.5),
        Candidate("answer/wears_off", 0.2),
        Candidate("decline/cost", 0.15),
        Candidate("answer/how_often", 0.05),
    )
    usual = answer(context, heard("answer/is_it_permanent")).message.suggestions
    sure = answer(context, heard("answer/is_it_permanent", candidates=likely[:1])).message
    unsure = answer(context, heard("answer/is_it_permanent", candidates=likely)).message
    assert sure.suggestions == usual
    assert unsure.suggestions[0].sections[0] == "permanence#wearing-off"
    assert len(unsure.suggestions) == len(usual)
    gout = Entity("condition", "gout", covered=False, words="gout", aside=True)
    tried = Entity("treatment", "prp", covered=False, words="PRP", aside=False)
    for outside in (gout, tried):
        said = answer(context, heard("answer/guarantees", outside, candidates=likely)).message
        assert "permanence#wearing-off" not in [one.sections[0] for one in said.suggestions]
