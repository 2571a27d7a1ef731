"""A conversation can be kept as plain text."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.conversation import Entry, Message
from bot.conversation.message import Booking, Citation
from bot.conversation.plain import Names, as_text

NAMES = Names(patient="You", assistant="Candor")
BERLIN = ZoneInfo("Europe/Berlin")
AT = datetime(2026, 11, 26, 13, 5, 59, tzinfo=UTC)


def _cited(section: str, quote: str) -> Citation:
    return Citation("permanence", f"permanence#{section}", section, quote, f"https://x/{section}")


QUESTION = Entry(1, "patient", Message("m1", "patient", "Is it\npermanent?"), AT)
ANSWER = Entry(
    2,
    "assistant",
    Message(
        "m2",
        "answer",
        "It can last for years.\n\nIt may wear off.",
        citations=(
            _cited("lasting", "It can last for years."),
            _cited("wear", "It may wear off."),
            _cited("lasting", "Another sentence."),
        ),
        booking=Booking("Book a visit", "https://clinic.example/book/1"),
    ),
    AT,
)
STAFF = Entry(3, "staff", Message("m3", "staff", "Please come by."), AT, name="Dr Ada Meyer")


def test_each_entry_says_who_spoke_when_and_from_which_source() -> None:
    assert as_text([QUESTION, ANSWER, STAFF], NAMES, BERLIN) == (
        "You, 26 November 2026, 14:05\n"
        "Is it\npermanent?\n"
        "\n"
        "Candor, 26 November 2026, 14:05\n"
        "It can last for years.\n\nIt may wear off.\n"
        "lasting: https://x/lasting\n"
        "wear: https://x/wear\n"
        "\n"
        "Dr Ada Meyer, 26 November 2026, 14:05\n"
        "Please come by.\n"
    )


@pytest.mark.parametrize(
    ("at", "zone", "written"),
    [
        (datetime(2026, 7, 1, 22, 30, tzinfo=UTC), "Europe/Berlin", "2 July 2026, 00:30"),
        (datetime(2026, 1, 1, 3, 0, tzinfo=UTC), "America/New_York", "31 December 2025, 22:00"),
        (datetime(2026, 10, 25, 1, 0, tzinfo=UTC), "Europe/Berlin", "25 October 2026, 02:00"),
        (datetime(2026, 3, 9, 9, 7, tzinfo=UTC), "UTC", "9 March 2026, 09:07"),
    ],
)
def test_the_time_is_that_of_the_zone(at: datetime, zone: str, written: str) -> None:
    entry = Entry(1, "patient", QUESTION.message, at)
    assert as_text([entry], NAMES, ZoneInfo(zone)).splitlines()[0] == f"You, {written}"


def test_what_came_without_a_name_is_the_staffs_and_nothing_is_nothing() -> None:
    nameless = Entry(1, "staff", STAFF.message, AT)
    assert as_text([nameless], NAMES, BERLIN).startswith("Staff, 26 November")
    assert as_text([], NAMES, BERLIN) == ""
