"""Sections are cut at sentence borders, and a list stays with its lead-in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.passages import plain, split_passages


@pytest.mark.parametrize(
    ("markdown", "passages"),
    [
        ("One sentence.", ["One sentence."]),
        ("First one. Second\none.", ["First one.", "Second one."]),
        (
            "Results differ. They depend on:\n\n- age\n- health",
            ["Results differ.", "They depend on:\n- age\n- health"],
        ),
        (
            "They depend on:\n- age\n- health\n\nThen this.",
            ["They depend on:\n- age\n- health", "Then this."],
        ),
        ("A list:\n- one that goes\n  on\n- two", ["A list:\n- one that goes on\n- two"]),
        ("A list:\n- one\n\nB list:\n- two", ["A list:\n- one", "B list:\n- two"]),
        ("", []),
    ],
)
def test_cuts_sentences_and_lists(markdown: str, passages: list[str]) -> None:
    assert split_passages(markdown) == passages


WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=8), min_size=1, max_size=8).map(" ".join)
BLOCKS = st.one_of(
    WORDS.map(lambda words: f"{words}."),
    st.lists(WORDS, min_size=1, max_size=4).map(
        lambda items: "\n".join(f"- {one}" for one in items)
    ),
)


@given(st.lists(BLOCKS, max_size=6))
def test_no_word_is_lost_or_moved(blocks: list[str]) -> None:
    markdown = "\n\n".join(blocks)
    assert plain("\n".join(split_passages(markdown))) == plain(markdown)
