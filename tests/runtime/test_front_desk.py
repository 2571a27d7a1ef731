"""Whoever waits is told when somebody is there, in words that fit the hour."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.conversation.holding import Notice
from bot.runtime.front_desk import Opening, front_desk
from bot.runtime.texts import fixed_texts
from bot.settings import load_settings
from bot.settings.clinic import load_clinic

ROOT = Path(__file__).parents[2]
CLINIC = load_clinic(ROOT / "clinic.yml")


def opening(moment: str) -> Opening:
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    return Opening(CLINIC, lambda: at)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-03-02T09:00", None),
        ("2026-03-02T07:00", "today at 8.30 am"),
        ("2026-03-02T20:00", "tomorrow at 8.30 am"),
        ("2026-03-07T13:00", "on Monday at 8.30 am"),
        ("2026-06-08T07:15", "today at 8.30 am"),  # British summer time
        ("2026-06-08T07:30", None),
    ],
)
def test_when_the_front_desk_opens_is_said_as_people_say_it(moment: str, opens: str | None) -> None:
    assert opening(moment).opens() == opens
    assert opening(moment).is_open() is (opens is None)


def test_a_clinic_that_never_opens_makes_no_promise_of_a_day() -> None:
    hours = replace(CLINIC.hours, week=((),) * 7)
    assert Opening(replace(CLINIC, hours=hours)).opens() == "again later"


@pytest.mark.parametrize("about", ["left_waiting", "still_waiting"])
def test_whoever_waits_learns_when_somebody_is_there_and_may_ask_to_be_rung(
    about: Notice,
) -> None:
    texts = fixed_texts(load_settings(ROOT, {}))
    told = front_desk(opening("2026-03-02T20:00"), texts).notice(about, "Mara Lind")
    assert "tomorrow at 8.30 am" in told.text
    assert [one.payload for one in told.suggestions] == ["call"]
    by_day = front_desk(opening("2026-03-02T09:00"), texts).notice(about, "Mara Lind")
    assert "closed" not in by_day.text
    assert "01632 960 142" in by_day.text


@pytest.mark.parametrize(
    ("moment", "told"),
    [("2026-03-02T09:00", "will answer you here."), ("2026-03-02T20:00", "tomorrow at 8.30 am")],
)
def test_whoever_asks_again_is_not_told_the_same_again(moment: str, told: str) -> None:
    desk = front_desk(opening(moment), fixed_texts(load_settings(ROOT, {})))
    again = desk.waits()
    assert (again.kind, told in again.text, "{" in again.text) == ("handoff", True, False)
    assert "I have told" not in again.text
    assert [one.payload for one in again.suggestions] == ["call"]


@pytest.mark.parametrize("about", ["handed_back", "closed", "left", "left_waiting"])
def test_who_spoke_is_named(about: Notice) -> None:
    desk = front_desk(opening("2026-03-02T09:00"), fixed_texts(load_settings(ROOT, {})))
    assert desk.notice(about, "Mara Lind").text.startswith("Mara Lind ")
    unnamed = desk.notice(about, None).text
    assert unnamed.startswith("Our front desk ")
    assert "{" not in unnamed
