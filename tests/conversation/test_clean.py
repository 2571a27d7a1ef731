"""Any text becomes one that can be kept and sent."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.clean import clean


@settings(deadline=None)
@given(st.text(st.characters()))
def test_clean_text_can_be_kept_and_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)
    assert "\0" not in cleaned
    cleaned.encode()
    assert clean(cleaned) == cleaned


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_good_text_is_not_touched(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("kn\0ee", "knee"),
        ("\ud83d\ude00", "😀"),
        ("a\ud83d", "a�"),
        ("\ude00b", "�b"),
        ("\ud83d\0\ude00", "😀"),
    ],
)
def test_half_characters_and_nul(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned
