"""What people write while the form waits: filled in, answered elsewhere, or asked again."""

from datetime import datetime
from functools import cache
from typing import Any

import pytest
import yaml

from actions.callbacks.meaning import STEPS, Read, Waiting
from actions.callbacks.reading import read
from actions.callbacks.when import When
from actions.heard import Heard, Memory
from tests.actions.callback_clinic import ZONE, clock
from tests.actions.conftest import ROOT

LEAST = 60
DOES = {"asks": "question", "leaves": "leave", "confirms": "confirm"}


@cache
def cases() -> dict[str, list[dict[str, Any]]]:
    text = (ROOT / "tests/actions/callback_cases.yml").read_text()
    found: dict[str, list[dict[str, Any]]] = yaml.load(text, yaml.CSafeLoader)
    return found


def shown(value: object) -> str:
    if not isinstance(value, When):
        return str(value)
    if value.text.startswith("as soon"):
        return "soon"
    words = value.text.startswith("“")
    return "words" if words else f"{value.due.astimezone(ZONE):%Y-%m-%d %H:%M}"


def what(done: Read) -> set[str]:
    """Return what a message is to the form, in the words of the table."""
    if done.does == "fills":
        filled = [shown(value) for value in done.values.values()]
        return set(["skip"] if filled == [""] else ["=", *" ".join(filled).split()])
    if done.does == "fixes":
        return {f"fix:{done.wrong.removeprefix('callback_')}" if done.wrong else "which"}
    return {DOES.get(done.does, done.does)}


@pytest.mark.parametrize("step", ["name", "number", "when", "about", "confirmed", "paused"])
def test_every_message_is_taken_for_what_it_is(step: str) -> None:
    waiting = Waiting("callback_name" if step == "paused" else f"callback_{step}")
    if step == "paused":
        waiting = Waiting("callback_name", asides=1)
    assert len(cases()[step]) >= LEAST or step == "paused"
    wrong = []
    for case in cases()[step]:
        heard = Heard(
            *(case["text"], case["intent"], 0.9, (), (), Memory(), ()),
            scope=case["scope"],
            nearest=case["nearest"],
        )
        found = what(read(heard, waiting, clock(), "GB"))
        if found != set(case["is"].split()):
            wrong.append((case["text"], case["is"], sorted(found)))
    assert not wrong


def test_a_red_flag_is_never_taken_into_the_form() -> None:
    for step in STEPS:
        for text in ("07700 900142", "yes", "Priya Raman", "tomorrow", "never mind"):
            heard = Heard(text, "urgent/self_harm", 0.9, (), (), Memory())
            assert read(heard, Waiting(step), clock(), "GB").does == "asks"


def test_a_time_when_the_clinic_is_closed_is_kept_when_it_opens() -> None:
    sunday = Heard("sunday at 3", "clinic/opening_hours", 0.9, (), (), Memory(), scope=0.4)
    when = read(sunday, Waiting("callback_when"), clock(), "GB").values["callback_when"]
    assert when.due == datetime(2026, 3, 30, 10, 30, tzinfo=ZONE)
    assert "we are closed then" in when.text
