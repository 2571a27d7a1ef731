"""Small talk after a warning, and the clinic's hours as they are just now."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from actions.context import Calling, Context
from actions.fixed import chat, clinic
from tests.actions.callback_clinic import CLINIC, OPENINGS, ZONE
from tests.actions.understood import heard


@pytest.mark.parametrize(
    ("text", "is_joke"),
    [
        ("that was a joke", True),
        ("sorry, only joking", True),
        ("haha just kidding", True),
        ("I was just testing you", True),
        ("this is a joke, nobody answers", False),
        ("are you joking, it hurts", False),
    ],
)
def test_a_joke_is_neither_thanked_for_nor_excused(
    context: Context, text: str, is_joke: bool
) -> None:
    said = chat(context, heard("chat/feedback_bad", text=text)).message
    assert (said.intent == "joke") is is_joke
    assert ("<emergency>" in said.text) is is_joke


@pytest.mark.parametrize(
    ("moment", "opens", "told"),
    [
        ("2026-03-23T10:00", None, "open now, until 6 pm"),
        ("2026-03-23T20:00", "tomorrow at 8.30 am", "closed now, and open again tomorrow"),
    ],
)
def test_hours_say_whether_it_is_open_now(
    context: Context, moment: str, opens: str | None, told: str
) -> None:
    said = clinic(_at(context, moment, opens), heard("clinic/opening_hours")).message.text
    assert told in said
    assert "Next closed days" not in said
    address = clinic(_at(context, moment, opens), heard("clinic/address")).message.text
    assert told not in address


def test_closed_days_are_named_when_they_are_near(context: Context) -> None:
    said = clinic(_at(context, "2026-12-20T10:00", "on Monday"), heard("clinic/opening_hours"))
    assert "Next closed days: Friday 25 December" in said.message.text
    assert "3 May" not in said.message.text


def _at(context: Context, moment: str, opens: str | None) -> Context:
    now = datetime.fromisoformat(moment).replace(tzinfo=ZONE)
    days: frozenset[date] = CLINIC.hours.closed_on
    calling = Calling(ZONE, OPENINGS, now=lambda: now, closed_on=days)
    return replace(context, opens=lambda: opens, calling=calling)
