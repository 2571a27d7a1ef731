"""What follows a text: its sources, the picture in words, and the booking, as far as they fit."""

from dataclasses import replace

import pytest

from bot.conversation.message import Booking, Figure
from tests.whatsapp.messages import (
    BOOKING,
    FIGURE,
    MONTHS,
    SAFE,
    WHY,
    body_of,
    citation,
    message,
    shown,
    tapped,
)


def test_sources_stand_below_the_line_that_names_them() -> None:
    given = message(
        text="Results last.\n\nSource: Is it permanent? (“How long?”, “Why?”)",
        citations=(
            citation("long", "How long?"),
            citation("why", "Why?"),
            citation("long", "How long?"),
        ),
        suggestions=(SAFE,),
        booking=BOOKING,
    )
    assert body_of(shown(given)) == (
        "Results last.\n\nSource: Is it permanent? (“How long?”, “Why?”)\n"
        "https://clinic.example/learn/doc?mark=long.1-1&mark=why.1-1#long\n\n"
        "Book a free consultation: https://clinic.example/book/abc"
    )


def test_a_single_source_is_not_named_twice() -> None:
    given = message(
        text="It lasts.\n\nSource: Guide (“How long?”)", citations=(citation("a", "How long?"),)
    )
    address = "https://clinic.example/learn/doc?mark=a.1-1#a"
    assert body_of(shown(given)) == f"It lasts.\n\nSource: Guide (“How long?”)\n{address}"
    assert (
        body_of(shown(replace(given, text="It lasts."))) == f"It lasts.\n\n“How long?”: {address}"
    )


EACH, BOTH = "“B”: https://clinic.example/learn/doc?mark=b.1-1#b", "doc?mark=a.1-1&mark=b.1-1#a"


@pytest.mark.parametrize(("length", "link"), [(10, EACH), (908, EACH), (940, BOTH)])
def test_sources_that_the_text_does_not_name_are_named_while_there_is_room(
    length: int, link: str
) -> None:
    cited = (citation("a", "A"), citation("b", "B"))
    given = message(text="x" * length, citations=cited, suggestions=(SAFE,))
    assert body_of(shown(given)).endswith(link)


@pytest.mark.parametrize(
    ("length", "link", "booked"),
    [
        (908, BOTH, True),
        (909, BOTH, False),
        (967, BOTH, False),
        (968, "/learn/doc#a", False),
        (989, "/learn/doc#a", False),
        (990, "”)", False),
        (1024, "”)", False),
    ],
)
def test_what_follows_a_long_text_makes_do_with_less_room(
    length: int, link: str, booked: bool
) -> None:
    source = "\n\nSource: Guide (“A”, “B”)"
    given = message(
        text="x" * (length - len(source)) + source,
        citations=(citation("a", "A"), citation("b", "B")),
        suggestions=(SAFE, MONTHS, WHY),
        booking=BOOKING,
    )
    content = shown(given)
    sources, _, line = body_of(content).partition("\n\nBook a free consultation: ")
    assert sources.endswith(link)
    assert line == (BOOKING.url if booked else "")
    # Where the booking's address has no room, a button takes the place of a question.
    assert tapped(content)[2] == (("Why?", "ask:why") if booked else ("Book a visit", "book"))


def test_a_person_stays_on_offer_beside_the_booking() -> None:
    given = message("decline", "x" * 1000, suggestions=(SAFE, MONTHS), booking=BOOKING)
    assert [sent for _, sent in tapped(shown(given))] == ["ask:safe", "book", "person"]


def test_a_booking_without_buttons_is_one_tap_away() -> None:
    parameters = shown(message("booking", booking=BOOKING))["interactive"]["action"]["parameters"]
    assert parameters == {"display_text": "Book a visit", "url": BOOKING.url}
    content = shown(message("booking", "x" * 1500, booking=BOOKING))
    assert body_of(content).endswith(
        "\n\nBook a free consultation: https://clinic.example/book/abc"
    )


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "/book", "ftp://x/y", "https://", "https://a b"]
)
def test_only_addresses_of_the_web_become_links(url: str) -> None:
    given = message(citations=(replace(citation("a", "A"), url=url),), booking=Booking("Book", url))
    assert shown(given) == {"type": "text", "text": {"body": "It lasts.", "preview_url": False}}


def test_the_picture_stands_above_and_is_told_in_words() -> None:
    picture = "https://clinic.example/static/timeline.png?day=21"
    told = "It lasts.\n\nWhat the picture shows:\nYou are at day 21."
    content = shown(message(figure=FIGURE, suggestions=(SAFE,)))["interactive"]
    assert content["header"] == {"type": "image", "image": {"link": picture}}
    assert content["body"]["text"] == told
    assert shown(message(figure=FIGURE))["image"] == {"link": picture, "caption": told}


@pytest.mark.parametrize(
    "url", ["http://localhost:8080/static/timeline.svg", "https://x.example/a.gif"]
)
def test_a_picture_that_graph_cannot_fetch_is_told_in_words_only(url: str) -> None:
    given = message(figure=Figure("timeline", url, "You are at day 21."), suggestions=(SAFE,))
    content = shown(given)
    assert "header" not in content["interactive"]
    assert body_of(content) == "It lasts.\n\nYou are at day 21."


def test_a_text_too_long_for_a_caption_comes_without_the_picture() -> None:
    content = shown(message(text="x" * 1200, figure=FIGURE))
    assert body_of(content) == "x" * 1200 + "\n\nYou are at day 21."


def test_the_description_goes_before_the_booking_does() -> None:
    given = message(text="x" * 930, figure=FIGURE, suggestions=(SAFE,), booking=BOOKING)
    assert "You are at" not in body_of(shown(given))
    assert BOOKING.url in body_of(shown(given))
