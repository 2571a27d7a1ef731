"""Who speaks: each change by itself, by table."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation.holding import (
    ANSWER,
    LEASE,
    WAIT,
    Decision,
    HeldBy,
    Holding,
    NotHeld,
    Person,
    begun,
    close,
    hand_back,
    heard,
    look_after,
    renew,
    seen_to,
    speak,
    take,
    wait,
    warned,
)
from tests.staff import ADA, person

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BEN = person("Ben")
WITH_BOT = begun(T0)
WAITING = wait(WITH_BOT, T0, "asked", told=False)
WITH_ADA = take(WITH_BOT, T0, ADA)
SOON = T0 + timedelta(seconds=30)


def later(**time: float) -> datetime:
    return T0 + timedelta(**time)


@pytest.mark.parametrize("holding", [WITH_BOT, WAITING])
def test_whoever_takes_it_first_has_it_and_the_other_learns_who(holding: Holding) -> None:
    taken = take(holding, SOON, ADA)
    assert (taken.holder, taken.person, taken.until) == ("staff", ADA, SOON + LEASE)
    for attempt in (take, renew, speak, hand_back, close):
        with pytest.raises(HeldBy) as lost:
            attempt(taken, SOON, BEN)
        assert lost.value.name == "Ada"


def test_signs_of_a_person_put_off_the_end_and_without_them_it_ends() -> None:
    kept = renew(WITH_ADA, later(minutes=1), ADA)
    assert kept.until == later(minutes=1) + LEASE
    assert look_after(kept, later(minutes=2)).holding == kept
    ended = look_after(kept, later(minutes=3))
    assert (ended.holding, ended.notice) == (begun(later(minutes=3)), "left")


def test_whoever_is_gone_while_the_patient_waits_leaves_them_waiting() -> None:
    asked = heard(WITH_ADA, SOON)
    ended = look_after(asked, T0 + LEASE)
    assert (ended.holding.holder, ended.holding.reason, ended.notice) == (
        "waiting",
        "left",
        "left_waiting",
    )
    assert ended.holding.unanswered == SOON
    assert look_after(ended.holding, later(hours=9)).notice is None


def test_presence_without_an_answer_lasts_ten_minutes() -> None:
    holding, at = heard(WITH_ADA, T0), T0
    while at < T0 + ANSWER - LEASE / 4:
        at += LEASE / 4
        holding = renew(holding, at, ADA)
    assert holding.until == T0 + ANSWER
    with pytest.raises(NotHeld):
        renew(holding, T0 + ANSWER, ADA)
    answered = speak(holding, at, ADA)
    assert (answered.unanswered, answered.until) == (None, at + LEASE)


def test_an_ended_lease_is_anybodys() -> None:
    at = T0 + LEASE
    for attempt in (renew, hand_back):
        with pytest.raises(NotHeld):
            attempt(WITH_ADA, at, ADA)
    assert take(WITH_ADA, at, BEN).person == BEN
    assert speak(WITH_ADA, at, BEN).person == BEN


def test_whoever_waits_for_long_is_told_once() -> None:
    assert look_after(WAITING, T0 + WAIT - timedelta(seconds=1)).notice is None
    told = look_after(WAITING, T0 + WAIT)
    assert told.notice == "still_waiting"
    assert told.holding.holder == "waiting"
    assert look_after(told.holding, later(days=1)).notice is None
    assert look_after(wait(WITH_BOT, T0, "asked", told=True), later(days=1)).notice is None


def test_asking_again_changes_nothing_for_whoever_waits_or_is_served() -> None:
    for holding in (WAITING, WITH_ADA):
        assert wait(holding, SOON, "asked", told=False) is holding


@pytest.mark.parametrize(("holding", "notice"), [(WITH_BOT, None), (WAITING, "closed")])
def test_what_is_closed_goes_on_when_the_patient_writes(
    holding: Holding, notice: str | None
) -> None:
    ended = close(holding, SOON, BEN)
    assert (ended.holding.holder, ended.holding.closed, ended.notice) == ("bot", SOON, notice)
    assert heard(ended.holding, later(hours=1)) == replace(ended.holding, closed=None)


def test_an_emergency_stays_until_it_is_looked_after() -> None:
    urgent = warned(WITH_BOT, SOON)
    assert warned(urgent, later(hours=1)).urgent == SOON
    for holding in (take(urgent, SOON, ADA), wait(urgent, SOON, "asked", told=False)):
        assert holding.urgent == SOON
    assert look_after(take(urgent, SOON, ADA), later(hours=1)).holding.urgent == SOON
    assert seen_to(urgent, SOON).urgent is None
    again = warned(urgent, later(minutes=5))
    assert seen_to(again, later(minutes=4)).urgent == later(minutes=5)
    assert seen_to(again, later(minutes=5)).urgent is None
    assert hand_back(take(urgent, SOON, ADA), SOON, ADA).holding.urgent is None


@pytest.mark.parametrize("end", [hand_back, close])
def test_an_emergency_that_comes_while_somebody_is_done_stays(
    end: Callable[[Holding, datetime, Person], Decision],
) -> None:
    assert end(warned(WITH_ADA, SOON), SOON, ADA).holding.urgent == SOON
    taken = take(warned(WITH_BOT, T0), T0, ADA)
    assert end(taken, SOON, ADA).holding.urgent is None
    assert end(warned(taken, SOON), SOON, ADA).holding.urgent == SOON


def test_nobody_closes_an_emergency_unseen() -> None:
    assert close(warned(WITH_BOT, SOON), SOON, ADA).holding.urgent == SOON
