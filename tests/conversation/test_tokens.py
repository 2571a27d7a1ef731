"""A token is ours or it isn't."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.tokens import BadToken, sign, sign_ids, verify, verify_ids

value = st.text(st.characters(exclude_categories=["Cs"]))


@settings(deadline=None)
@given(value)
def test_a_token_gives_its_value_back(value: str) -> None:
    token = sign("secret", "booking", value)
    assert verify("secret", "booking", token) == value
    assert token.replace("-", "").replace("_", "").replace(".", "").isalnum()


@settings(deadline=None)
@given(value, st.data())
def test_a_changed_token_is_refused(value: str, data: st.DataObject) -> None:
    token = sign("secret", "booking", value)
    place = data.draw(st.integers(0, len(token) - 1))
    mark = data.draw(st.characters().filter(lambda mark: mark != token[place]))
    with pytest.raises(BadToken):
        verify("secret", "booking", token[:place] + mark + token[place + 1 :])


@settings(deadline=None)
@given(st.text(st.characters()))
def test_anything_else_is_refused(token: str) -> None:
    with pytest.raises(BadToken):
        verify("secret", "booking", token)


def test_a_token_is_for_one_secret_and_one_purpose() -> None:
    token = sign("secret", "booking", "c1")
    for secret, purpose in (("other", "booking"), ("secret", "conversation"), ("secret", "book")):
        with pytest.raises(BadToken):
            verify(secret, purpose, token)


@pytest.mark.parametrize("tail", ["=", " ", "\n", ".", "A"])
def test_a_token_has_one_spelling(tail: str) -> None:
    with pytest.raises(BadToken):
        verify("secret", "booking", sign("secret", "booking", "c1") + tail)


ids = st.lists(st.binary(min_size=16, max_size=16).map(bytes.hex), min_size=1, max_size=3)


@settings(deadline=None)
@given(ids, st.data())
def test_a_token_of_ids_gives_them_back_and_no_other_does(
    ids: list[str], data: st.DataObject
) -> None:
    token = sign_ids("secret", "booking", *ids)
    assert verify_ids("secret", "booking", token) == tuple(ids)
    place = data.draw(st.integers(0, len(token) - 1))
    mark = data.draw(st.characters().filter(lambda mark: mark != token[place]))
    for other in (token[:place] + mark + token[place + 1 :], token + "=", token[:-1], ""):
        with pytest.raises(BadToken):
            verify_ids("secret", "booking", other)
    for secret, purpose in (("other", "booking"), ("secret", "book")):
        with pytest.raises(BadToken):
            verify_ids(secret, purpose, token)


@pytest.mark.parametrize("wrong", ["", "ab", "x" * 32, "0" * 64])
def test_only_ids_of_ours_are_signed(wrong: str) -> None:
    with pytest.raises(ValueError, match="hexadecimal"):
        sign_ids("secret", "booking", wrong)
