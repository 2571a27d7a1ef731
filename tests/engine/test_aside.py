"""What is only told is told apart from what is asked about."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.naming import mark_asides
from engine.parts import split_parts

Entities = Callable[[str], list[dict[str, Any]]]


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("Tried shockwave and a brace, no good. Is it safe?", {"shockwave therapy", "knee brace"}),
        ("Is it safe? I only know gel injections.", {"hyaluronic acid"}),
        ("How long does PRP last?", set()),
        ("I had PRP. Does shockwave help?", {"prp"}),
        ("PRP. Shockwave.", set()),  # nothing is asked
        ("what about PRP", set()),
        ("I had PRP, how long before this one works", {"prp"}),
        ("hi, we've already tried shockwave so does it help?", {"shockwave therapy"}),
        ("my dad had PRP but will stem cells last longer than shockwave", {"prp"}),
        ("If I had PRP, does it last?", set()),
        ("how long does PRP last, is it safe", set()),
    ],
)
def test_what_only_the_story_names_is_aside(entities: Entities, text: str, aside: set[str]) -> None:
    found = entities(text)
    mark_asides(found, text, split_parts(text))
    assert {e["value"] for e in found if e["entity"] == "treatment" and e["aside"]} == aside
