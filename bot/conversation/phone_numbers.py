"""Telephone numbers as people write them, and as machines know them (E.164)."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat


class NotANumber(ValueError):
    """Nobody can be rung under this; the text says so, with an example of the country's."""


def read_number(text: str, country: str) -> str:
    """Return a number as E.164, such as +441632960142; NotANumber with an example if it is none.

    `country` (two letters, ISO 3166) says how numbers without a country code are read. A number
    counts when its country gives out such numbers, whether or not somebody has it.
    """
    try:
        number = phonenumbers.parse(text, country)
    except NumberParseException:
        raise _none_such(country) from None
    if number.extension or not phonenumbers.is_possible_number(number):
        raise _none_such(country)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def shown_number(number: str, country: str) -> str:
    """Return an E.164 number as people of the country write it; what is none stays as it is."""
    try:
        parsed = phonenumbers.parse(number)
    except NumberParseException:
        return number
    own = phonenumbers.region_code_for_country_code(parsed.country_code or 0) == country
    return phonenumbers.format_number(
        parsed, PhoneNumberFormat.NATIONAL if own else PhoneNumberFormat.INTERNATIONAL
    )


def _none_such(country: str) -> NotANumber:
    example = phonenumbers.example_number(country) or phonenumbers.example_number("GB")
    assert example is not None  # noqa: S101 - Britain has numbers
    written = phonenumbers.format_number(example, PhoneNumberFormat.NATIONAL)
    return NotANumber(f"That is not a telephone number. Write it like {written}.")
