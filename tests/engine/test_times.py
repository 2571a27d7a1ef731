"""How long ago the treatment was, as people write it."""

from collections.abc import Callable
from typing import Any

import pytest

Entities = Callable[[str], list[dict[str, Any]]]


def days(found: list[dict[str, Any]]) -> list[float]:
    return [entity["value"] for entity in found if entity["entity"] == "time_since"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("had my knee done 3 weeks ago and nothing yet", [21]),
        ("2 weeks gone", [14]),
        ("three nights after the jab", [3]),
        ("I had it on the 3rd of October and still nothing", [50]),
        ("injected Nov 20", [2]),
        ("since 12th november jab", [10]),
        ("treated in late May", [181]),
        ("my knee was injected in August", [99]),
        ("had mine in December", [342]),
        ("got the shot in March 2025", [617]),
        ("had it in November", [7]),
        ("day 4 and it's sore", [4]),
        ("week five, still nothing", [35]),
        ("wk 6 nothing", [42]),
        ("a fortnight since the injection", [14]),
        ("half a year post stem cells", [182.5]),
        ("couple of months post", [60]),
        ("a few days in", [3]),
        ("since last Tuesday's jab", [5]),
        ("got it done yesterday", [1]),
        ("I had it this morning", [0]),
        ("it's been 6wks", [42]),
        ("10 days. knee a bit swollen after cooking", [10]),
        ("seven weeks, stiff on the first few steps", [49]),
        ("it has been about 10 days", [10]),
        ("been 3 months now", [90]),
        ("2-3 weeks in", [17.5]),
        ("1.5 months later", [45]),
        ("two and a half months ago", [75]),
        ("what happens in the third month", [90]),
        ("weeks 3-6 of the knee timeline", [31.5]),
        ("month three vs month 6", [90, 180]),
        ("half a year to two years", [456.25]),
        ("between 6 months and 2 years", [455]),
        ("six months on and no better", [180]),
        ("one year after", [365]),
        ("24 hours after", [1]),
        ("5 weeks no improvement at all", [35]),
        ("TWENTY ONE DAYS AGO", [21]),
    ],
)
def test_time_since_treatment_in_days(entities: Entities, text: str, expected: list[float]) -> None:
    assert days(entities(text)) == expected


def test_what_the_patient_counted_goes_before_a_date(entities: Entities) -> None:
    text = "Wrist done in May, it is the end of August now, so between month three and four"
    assert days(entities(text)) == [90]


@pytest.mark.parametrize(
    "text",
    [
        "does it last 5 years",
        "will it hold for 3 to 5 years",
        "I have had knee pain for 10 years now",
        "10 years of back pain",
        "can I come in today",
        "every 2 years?",
        "I'm 70",
        "how many days off work",
        "my injection is booked for May",
        "I may have had it, march on",
        "had it done on 31 February",
        "I have had a bad knee since June",
        "got the jab in March 2031",
        "",
    ],
)
def test_other_times_are_left_alone(entities: Entities, text: str) -> None:
    assert days(entities(text)) == []
