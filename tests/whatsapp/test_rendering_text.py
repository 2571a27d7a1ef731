"""How a text reads: in parts when it is long, under a name, and never as markup."""

import pytest

from bot.channels.whatsapp.rendering import parts
from tests.whatsapp.messages import SAFE, WORDS, body_of, citation, message, shown, tapped


def test_a_long_text_comes_in_parts_that_each_name_the_source() -> None:
    said = [f"{number}. " + "word " * 70 + "end." for number in range(5)]
    source = "Source: Guide (“A”)"
    given = message(
        text="\n\n".join([*said, source]), citations=(citation("a", "A"),), suggestions=(SAFE,)
    )
    assert parts(given, WORDS) == 3
    first, second, last = (shown(given, part=number) for number in range(3))
    assert body_of(first) == "\n\n".join([*said[:2], source])
    assert body_of(second) == "\n\n".join([*said[2:4], source])
    assert body_of(last).startswith(f"{said[4]}\n\n{source}\nhttps://")
    assert tapped(first) == [("Read more", f"rest:{given.id}:1")]
    assert tapped(second) == [("Read more", f"rest:{given.id}:2")]
    assert tapped(last) == [("Is it safe?", "ask:safe")]


def test_staff_may_write_more_where_there_is_nothing_to_tap() -> None:
    assert parts(message("staff", "word " * 800), WORDS) == 1
    given = message("staff", "word " * 1000)
    assert parts(given, WORDS, speaker="Maya") == 2
    assert all(body_of(shown(given, part=n, speaker="Maya")).startswith("*Maya*\n") for n in (0, 1))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Maya Lindqvist", "*Maya Lindqvist*\n"),
        ("  Maya \n Lindqvist ", "*Maya Lindqvist*\n"),
        ("M*ya", "M*ya\n"),
        ("*Maya*", "\u2060*\u2060Maya\u2060*\u2060\n"),
        ("  ", ""),
        (None, ""),
    ],
)
def test_staff_speak_under_their_names(name: str | None, expected: str) -> None:
    assert body_of(shown(message("staff", "Hello."), speaker=name)) == f"{expected}Hello."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- one\n- two", "- one\n- two"),
        ("5 * 3 and a_b_c", "5 * 3 and a_b_c"),
        ("see https://x.example/_a_/*b*", "see https://x.example/_a_/*b*"),
        ("Take *two* now", "Take ~*~two~*~ now"),
        ("_a_ and\n*b", "~_~a~_~ and\n*b"),
        ("> quoted\n* item", "~> quoted\n~* item"),
        ("```a\nb```", "~`~~`~~`~a\nb~`~~`~~`~"),
    ],
)
def test_quotations_are_not_read_as_markup(text: str, expected: str) -> None:
    body = body_of(shown(message(text=text)))
    assert body == expected.replace("~", "\u2060")
    assert body.replace("\u2060", "") == text
