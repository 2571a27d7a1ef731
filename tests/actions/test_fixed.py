"""Small talk after a warning, and the clinic's hours as they are just now."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from actions.context import Calling, Context
from actions.fixed import chat, clinic, decline
from actions.heard import Candidate, Entity
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


def test_a_decline_first_offers_the_answer_that_may_have_been_meant(context: Context) -> None:
    usual = decline(context, heard("decline/side_effects")).message.suggestions
    maybe = (Candidate("decline/side_effects", 0.6), Candidate("answer/wears_off", 0.2))
    offered = decline(context, heard("decline/side_effects", candidates=maybe)).message.suggestions
    assert offered[0].sections[0] == "permanence#wearing-off"
    assert offered[1:] == usual[: len(offered) - 1]
    # What the documents can't say of a thing that is named isn't offered for it either.
    tried = Entity("treatment", "prp", covered=False, words="PRP")
    of_prp = decline(context, heard("decline/side_effects", tried, candidates=maybe)).message
    assert of_prp.suggestions == usual
    hardly = (maybe[0], Candidate("answer/wears_off", 0.05))
    sure = decline(context, heard("decline/side_effects", candidates=hardly)).message
    assert sure.suggestions == usual


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
