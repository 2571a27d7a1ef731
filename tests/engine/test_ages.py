"""How old somebody is, as people write it."""

from collections.abc import Callable
from typing import Any

import pytest

Entities = Callable[[str], list[dict[str, Any]]]


def years(found: list[dict[str, Any]]) -> list[float]:
    return [entity["value"] for entity in found if entity["entity"] == "age"]


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("I'm 70, is it too late", 70),
        ("im 45yo", 45),
        ("72 yr old with bad knees", 72),
        ("my 82-year-old mother", 82),
        ("seventy-two years old", 72),
        ("in my eighties", 85),
        ("she's in her early 60s", 62),
        ("late seventies, worth it?", 78),
        ("mum is 81", 81),
        ("turning 70 next spring", 70),
        ("over 80 and still keen", 80),
        ("at 65 is it too late", 65),
        ("age 67, male", 67),
        ("aged 58", 58),
        ("knee pain (72M)", 72),
        ("my 8 year old son", 8),
    ],
)
def test_age_in_years(entities: Entities, text: str, age: float) -> None:
    assert years(entities(text)) == [age]


@pytest.mark.parametrize(
    "text",
    [
        "I'm 3 weeks post",
        "i'm 95 kilos",
        "I am 100% sure",
        "does it last 1 yr",
        "at 10:30",
        "L4 L5",
    ],
)
def test_other_numbers_are_no_ages(entities: Entities, text: str) -> None:
    assert years(entities(text)) == []
