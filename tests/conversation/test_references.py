"""A conversation's reference: short, read aloud, typed anyhow, and found again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.references import (
    ALPHABET,
    EXAMPLE,
    NotAReference,
    ids_between,
    read_reference,
    reference_of,
)

IDS = st.text("0123456789abcdef", min_size=32, max_size=32)


@given(IDS, IDS)
def test_a_reference_leads_to_its_ids_and_to_no_others(one: str, other: str) -> None:
    least, greatest = ids_between(reference_of(one))
    assert least <= one <= greatest
    assert (least <= other <= greatest) == (reference_of(one) == reference_of(other))


@given(IDS)
def test_it_is_understood_however_it_is_typed(an_id: str) -> None:
    reference = reference_of(an_id)
    heard = reference.replace("1", "l").replace("0", "o").lower()
    for typed in (heard, heard.replace("-", ""), f" {heard[:4]} {heard[5:]}\n", "-".join(heard)):
        assert read_reference(typed) == reference
    assert not set("ILOU") & set(reference)


@pytest.mark.parametrize(
    "text", ["", "7K3Q", "7K3Q-9FMDX", "7K3Q-9FMU", "07700 900123", "7K3Q-9FMé"]
)
def test_what_is_none_is_told_with_an_example(text: str) -> None:
    with pytest.raises(NotAReference, match=EXAMPLE):
        read_reference(text)
    assert len(ALPHABET) == 32
    assert read_reference(EXAMPLE) == EXAMPLE
