"""Each kind of message, with each of what it may bring, becomes one WhatsApp message."""

from typing import Any

import pytest

from bot.channels.whatsapp.rendering import parts, render
from bot.conversation.message import Message
from tests.whatsapp.messages import (
    BOOKING,
    FIGURE,
    LONG,
    MONTHS,
    SAFE,
    WHY,
    WORDS,
    message,
    short,
    shown,
    suggest,
    tapped,
)

PERSON = ("Talk to a person", "person")


def shape(content: dict[str, Any]) -> str:
    return str(content.get("interactive", content)["type"])


@pytest.mark.parametrize(
    ("given", "expected", "taps"),
    [
        (message(), "text", []),
        (message("staff", "Hello."), "text", []),
        (message("notice", "Please wait."), "text", []),
        (message("booking", "Choose a time.", booking=BOOKING), "cta_url", []),
        (message(booking=BOOKING, suggestions=(SAFE,)), "button", [("Is it safe?", "ask:safe")]),
        (
            message(suggestions=(SAFE, MONTHS, WHY)),
            "button",
            [("Is it safe?", "ask:safe"), ("Months 2 to 6", "ask:months"), ("Why?", "ask:why")],
        ),
        (message("decline", suggestions=(SAFE,)), "button", [("Is it safe?", "ask:safe"), PERSON]),
        (message("decline"), "button", [PERSON]),
        # Three questions leave no room for another button.
        (
            message("decline", suggestions=(SAFE, MONTHS, WHY)),
            "button",
            [("Is it safe?", "ask:safe"), ("Months 2 to 6", "ask:months"), ("Why?", "ask:why")],
        ),
        (
            message("decline", suggestions=(suggest("Talk to somebody at the desk", "person"),)),
            "button",
            [PERSON],
        ),
        (
            message("clarify", suggestions=(SAFE, WHY)),
            "button",
            [("Is it safe?", "ask:safe"), ("Why?", "ask:why"), PERSON],
        ),
        (
            message("clarify", suggestions=(SAFE, MONTHS)),
            "list",
            [("Is it safe?", "ask:safe"), ("Months 2 to 6", "ask:months"), PERSON],
        ),
        # A label without a short form, and more than three things.
        (
            message(suggestions=(suggest(LONG, "ask:unknown"),)),
            "list",
            [("What happens in my knee…", "ask:unknown")],
        ),
        (
            message(suggestions=tuple(suggest(f"Number {n}?", f"ask:n{n}") for n in range(12))),
            "list",
            [(f"Number {n}?", f"ask:n{n}") for n in range(10)],
        ),
        # Titles that would be the same, and a payload that is there twice.
        (
            message(suggestions=(suggest("Why?", "ask:a"), suggest("why?", "ask:b"))),
            "list",
            [("Why?", "ask:a"), ("why? 2", "ask:b")],
        ),
        (
            message(suggestions=(WHY, suggest("Why not?", "ask:why"))),
            "button",
            [("Why?", "ask:why")],
        ),
        (message(suggestions=(suggest("No", " "), suggest("No", "x" * 300))), "text", []),
        # Beside a red flag nothing is offered.
        (
            message("urgent", suggestions=(SAFE,), booking=BOOKING, figure=FIGURE),
            "text",
            [],
        ),
        (message(figure=FIGURE), "image", []),
        (
            message(figure=FIGURE, suggestions=(MONTHS,)),
            "button",
            [("Months 2 to 6", "ask:months")],
        ),
        # With a picture there can be no list.
        (
            message(figure=FIGURE, suggestions=(suggest(LONG, "ask:x"), SAFE, WHY, MONTHS)),
            "button",
            [("What happens in my…", "ask:x"), ("Is it safe?", "ask:safe"), ("Why?", "ask:why")],
        ),
    ],
)
def test_a_message_has_the_shape_that_fits(
    given: Message, expected: str, taps: list[tuple[str, str]]
) -> None:
    content = shown(given)
    assert shape(content) == expected
    assert tapped(content) == taps
    assert parts(given, WORDS) == 1


def test_a_list_shows_whole_questions() -> None:
    action = shown(message("clarify", suggestions=(SAFE, MONTHS)))["interactive"]["action"]
    first, second, person = action["sections"][0]["rows"]
    assert action["button"] == "See the questions"
    assert "description" not in first
    assert second["description"] == LONG
    assert "description" not in person


@pytest.mark.parametrize("part", [-1, 1])
def test_a_part_that_is_not_there_is_refused(part: int) -> None:
    with pytest.raises(ValueError, match="has 1 parts"):
        render(message(), WORDS, short, part=part)


def test_an_empty_message_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to send"):
        render(message(text=" \n"), WORDS, short)
