"""A time after treatment leads to the phase that speaks of it."""

import pytest

from bot.knowledge import Quote, in_time, phase_answer


@pytest.mark.parametrize(
    ("days", "joint", "answer"),
    [
        (1, "knee", "first_days"),
        (4, "knee", "weeks_1_2"),
        (14, "knee", "weeks_1_2"),
        (21, "knee", "weeks_3_6"),
        (56, "knee", "months_1_3"),
        (120, "knee", "months_3_6"),
        (300, "knee", "months_6_12"),
        (900, "knee", "how_long_it_lasts"),
        (21, None, "first_six_weeks"),
        (90, "other", "months_2_to_6"),
        (365, None, "months_6_to_24"),
        (1500, None, "how_long_it_lasts"),
    ],
)
def test_the_phase_follows_from_the_days(days: float, joint: str | None, answer: str) -> None:
    assert phase_answer("no_change_yet", days, joint) == answer


def test_other_questions_keep_their_answer() -> None:
    assert phase_answer("is_it_permanent", 21, "knee") == "is_it_permanent"
    assert phase_answer("no_change_yet", None, "knee") == "no_change_yet"


@pytest.mark.parametrize(
    ("meant", "days"),
    [
        ("months_6_12", 180),  # "half a year gone, is that as good as it gets?"
        ("months_3_6", 90),  # "what comes after three months?"
        ("months_3_6", 180),
        ("months_1_3", 35),
        ("weeks_3_6", 42),
        ("months_1_3", 42),
    ],
)
@pytest.mark.parametrize("joint", ["knee", None])
def test_the_phase_that_was_meant_stays_when_the_time_touches_it(
    meant: str, days: float, joint: str | None
) -> None:
    assert phase_answer(meant, days, joint) == meant


def test_a_phase_that_the_time_contradicts_gives_way() -> None:
    assert phase_answer("weeks_3_6", 120, "knee") == "months_3_6"
    assert phase_answer("months_6_12", 160, None) == "months_3_6"
    assert phase_answer("months_6_to_24", 100, "other") == "months_2_to_6"


@pytest.mark.parametrize(
    ("joint", "answer"), [(None, "weeks_3_6"), ("knee", "weeks_3_6"), ("other", "first_six_weeks")]
)
def test_a_phase_of_the_knee_is_no_other_joints(joint: str | None, answer: str) -> None:
    assert phase_answer("weeks_3_6", 32, joint) == answer


@pytest.mark.parametrize(
    ("knee", "other"),
    [
        ("first_days", "first_six_weeks"),
        ("weeks_3_6", "first_six_weeks"),
        ("months_1_3", "months_2_to_6"),
        ("months_3_6", "months_2_to_6"),
        ("months_6_12", "months_6_to_24"),
    ],
)
def test_without_days_another_joint_gets_what_is_said_of_every_joint(knee: str, other: str) -> None:
    assert phase_answer(knee, None, "other") == other
    assert phase_answer(knee, None, "knee") == phase_answer(knee, None, None) == knee


@pytest.mark.parametrize("answer", ["when_will_it_work", "full_benefit"])
def test_asking_about_later_keeps_its_answer(answer: str) -> None:
    assert phase_answer(answer, 120, None) == answer


def test_soreness_is_ordinary_for_two_weeks_only() -> None:
    assert phase_answer("is_soreness_normal", 3, "knee") == "is_soreness_normal"
    assert phase_answer("is_soreness_normal", 28, "knee") == "weeks_3_6"
    assert phase_answer("is_soreness_normal", 28, None) == "first_six_weeks"


FIRST_DAYS = Quote("knee-timeline#days-1-3", 1, 1, "It settles in a few days.")
SIX_WEEKS = Quote("permanence#first-six-weeks", 1, 1, "To be expected for 1 to 6 weeks.")


@pytest.mark.parametrize(
    ("days", "first"), [(None, FIRST_DAYS), (2, FIRST_DAYS), (3, FIRST_DAYS), (10, SIX_WEEKS)]
)
def test_what_is_said_of_a_time_before_stands_behind(days: float | None, first: Quote) -> None:
    said = in_time("is_soreness_normal", (FIRST_DAYS, SIX_WEEKS), days)
    assert said[0] == first
    assert set(said) == {FIRST_DAYS, SIX_WEEKS}


def test_a_question_about_no_time_keeps_its_order() -> None:
    assert in_time("downtime", (FIRST_DAYS, SIX_WEEKS), 10) == (FIRST_DAYS, SIX_WEEKS)
