"""Telephone numbers are read as the country writes them, and what is none is told so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.phone_numbers import NotANumber, read_number, shown_number


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("01632 960142", "GB", "+441632960142"),
        ("(01632) 960-142", "GB", "+441632960142"),
        ("+44 (0) 1632 960142", "GB", "+441632960142"),
        ("0044 1632 960142", "GB", "+441632960142"),
        ("07700 900142", "GB", "+447700900142"),
        ("+1 202 555 0143", "GB", "+12025550143"),
        ("202-555-0143", "US", "+12025550143"),
    ],
)
def test_a_number_is_read_as_its_country_writes_it(text: str, country: str, number: str) -> None:
    assert read_number(text, country) == number


@pytest.mark.parametrize("text", ["", "tomorrow", "12", "+44", "0" * 40, "999"])
def test_what_is_no_number_is_told_so_with_an_example(text: str) -> None:
    with pytest.raises(NotANumber, match=r"^That is not a telephone number\. Write it like 0\d"):
        read_number(text, "GB")


@given(st.text(max_size=40))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    try:
        number = read_number(text, "GB")
    except NotANumber:
        return
    assert number.startswith("+")
    assert read_number(number, "GB") == number


def test_a_number_is_shown_as_the_country_writes_it() -> None:
    assert shown_number("+441632960142", "GB") == "01632 960142"
    assert shown_number("+12025550143", "GB") == "+1 202-555-0143"
    assert shown_number("nonsense", "GB") == "nonsense"
