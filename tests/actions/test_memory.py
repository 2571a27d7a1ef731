"""What a conversation remembers from one turn to the next."""

import pytest

from actions.answering import answer
from actions.context import Context
from actions.heard import Entity
from actions.said import slots_after
from tests.actions.understood import heard

KNEE, CARTILAGE = Entity("body_part", "knee"), Entity("body_part", "cartilage")


@pytest.mark.parametrize(
    ("entities", "before", "joint"),
    [
        ((CARTILAGE, KNEE), None, "knee"),
        ((CARTILAGE,), None, None),
        ((CARTILAGE,), "knee", "knee"),
        ((Entity("body_part", "hip"),), "knee", "other"),
        ((), "knee", "knee"),
    ],
)
def test_the_joint_is_the_one_named_last(
    entities: tuple[Entity, ...], before: str | None, joint: str | None
) -> None:
    asked = heard("answer/how_long_it_lasts", *entities, **({"joint": before} if before else {}))
    assert asked.joint == joint


def test_a_tapped_knee_is_remembered(context: Context) -> None:
    tapped = heard("answer", Entity("answer", "when_will_it_work"), Entity("joint", "knee"))
    assert slots_after(answer(context, tapped), tapped)["joint"] == "knee"


def test_yes_means_the_next_question_not_the_other_joint(context: Context) -> None:
    asked = heard("answer/when_will_it_work")
    said = answer(context, asked)
    assert said.message.suggestions[0].payload == "ask:when_will_it_work@knee"
    assert slots_after(said, asked)["offered"] == said.message.suggestions[1].payload


def test_the_picture_of_a_knee_is_shown_for_the_knee(context: Context) -> None:
    hip = answer(context, heard("answer/when_will_it_work", Entity("body_part", "hip")))
    knee = answer(context, heard("answer/when_will_it_work", KNEE))
    assert (hip.message.figure, bool(knee.message.figure)) == (None, True)
