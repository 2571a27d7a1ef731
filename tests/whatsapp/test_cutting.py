"""A text too long for one message is cut at passage borders, and all of it arrives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.whatsapp.cutting import cut
from bot.channels.whatsapp.limits import beginning, shortened, size


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("It lasts.", 20, ["It lasts."]),
        ("One two.\n\nThree.\n\nFour.", 16, ["One two.\n\nThree.", "Four."]),
        # The border between passages comes first, even where more would fit.
        ("One.\n\nTwo three four. Five six.", 26, ["One.", "Two three four. Five six."]),
        (
            "These:\n- first one\n- second\n- third",
            20,
            ["These:\n- first one", "- second\n- third"],
        ),
        ("Some say “so.” Others say no.", 16, ["Some say “so.”", "Others say no."]),
        ("It takes 3.5 months or more.", 13, ["It takes 3.5", "months or", "more."]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("🦵🦵🦵", 4, ["🦵🦵", "🦵"]),
    ],
)
def test_it_is_cut_where_it_hurts_least(text: str, room: int, expected: list[str]) -> None:
    assert cut(text, room, room) == expected


def test_the_last_part_may_be_longer() -> None:
    assert cut("One.\n\nTwo.\n\nThree.", 6, 12) == ["One.", "Two.\n\nThree."]


def test_an_emoji_counts_as_two() -> None:
    assert size("a🦵é") == 4
    assert beginning("🦵🦵", 3) == "🦵"


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("Is it permanent?", 20, "Is it permanent?"),
        ("  Is it\n safe? ", 20, "Is it safe?"),
        ("What happens in my knee?", 20, "What happens in my…"),
        ("What happens, in my", 14, "What happens…"),
        ("Wherewithal", 5, "Wher…"),
        ("   ", 5, ""),
    ],
)
def test_a_title_is_cut_after_a_word(text: str, most: int, expected: str) -> None:
    assert shortened(text, most) == expected


words = st.text(st.sampled_from("ab.!- \n🦵“”é"), max_size=300)


@given(words, st.integers(2, 60), st.integers(0, 60))
def test_nothing_but_blanks_is_lost_and_every_part_fits(text: str, room: int, more: int) -> None:
    parts = cut(text, room, room + more)
    assert squeezed("".join(parts)) == squeezed(text)
    assert all(size(part) <= room for part in parts[:-1])
    assert size(parts[-1]) <= room + more
    assert all(part == part.strip() != "" for part in parts[:-1])


@given(st.lists(st.text("ab .\n-", min_size=1, max_size=40).map(str.strip).filter(bool)))
def test_a_passage_that_fits_alone_is_never_cut(passages: list[str]) -> None:
    passages = [passage.replace("\n", " ") for passage in passages]
    parts = cut("\n\n".join(passages), 40, 40)
    assert all(any(passage in part for part in parts) for passage in passages)
