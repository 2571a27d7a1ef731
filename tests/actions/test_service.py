"""Whoever wants a person is told when somebody will answer."""

from dataclasses import replace

from actions.context import Context
from actions.heard import Heard, Memory
from actions.service import talk_to_person


def _wish(memory: Memory) -> Heard:
    return Heard("a person please", "talk_to_person", 0.9, (), (), memory)


def test_by_day_somebody_comes_or_the_assistant_says_so(context: Context) -> None:
    said = talk_to_person(context, _wish(Memory())).message
    assert said.kind == "handoff"
    assert "within five minutes" in said.text


def test_by_night_it_is_said_when_somebody_is_there_and_a_call_is_offered(
    context: Context,
) -> None:
    closed = replace(context, opens=lambda: "on Monday at 8:30 am")
    said = talk_to_person(closed, _wish(Memory())).message
    assert said.kind == "handoff"
    assert "opens on Monday at 8:30 am" in said.text
    assert [one.payload for one in said.suggestions] == ["call"]
