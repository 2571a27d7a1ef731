"""Telephone numbers as people write them, and as machines know them (E.164)."""

import re

import phonenumbers
from phonenumbers import (
    Leniency,
    NumberParseException,
    PhoneNumber,
    PhoneNumberFormat,
    PhoneNumberMatcher,
    ValidationResult,
)

# As some write them: a mark or a blank behind every digit or two.
SPREAD = re.compile(r"(?<=\d)[ .](?=\d)")
# The letter for the figure, as it slips in beside figures.
LETTER = re.compile(r"(?i)\bo(?=\d{2})|(?<=\d)o+(?=[\do ]|\b)")

RESTS = ("212345678901", "555555555555", "712345678901", "300300300300")


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
    if number.extension or not _is_given_out(number):
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


def find_number(text: str, country: str) -> tuple[str, str] | None:
    """Return the first number that a text names, as E.164, and the text without it; or None."""
    figures = LETTER.sub(lambda found: "0" * len(found[0]), text)
    for written in dict.fromkeys((text, SPREAD.sub("", text), figures)):
        for found in PhoneNumberMatcher(written, country, leniency=Leniency.POSSIBLE):
            try:
                number = read_number(found.raw_string, country)
            except NotANumber:
                continue
            return number, f"{written[: found.start]} {written[found.end :]}".strip()
    return None


def _is_given_out(number: PhoneNumber) -> bool:
    """Tell whether a number is whole, and others of its first three digits are in use.

    A country leaves some numbers unused, those for examples among them; a missing digit is none.
    """
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        return False
    if phonenumbers.is_valid_number(number):
        return True
    digits = str(number.national_number)
    beside = (int(digits[:3] + rest[: len(digits) - 3]) for rest in RESTS)
    return any(
        phonenumbers.is_valid_number(
            PhoneNumber(country_code=number.country_code, national_number=other)
        )
        for other in beside
    )


def find_numbers(text: str, country: str) -> list[tuple[int, int]]:
    """Return where telephone numbers stand in a text: begin and end of each, in order.

    What looks like a number counts, whether or not anybody could have it.
    """
    found = phonenumbers.PhoneNumberMatcher(text, country, leniency=Leniency.POSSIBLE)
    return [(match.start, match.end) for match in found]


def example_number(country: str) -> str:
    """Return a number as the country writes its own, to show how."""
    example = phonenumbers.example_number(country) or phonenumbers.example_number("GB")
    assert example is not None  # noqa: S101 - Britain has numbers
    return phonenumbers.format_number(example, PhoneNumberFormat.NATIONAL)


def _none_such(country: str) -> NotANumber:
    return NotANumber(f"That is not a telephone number. Write it like {example_number(country)}.")
