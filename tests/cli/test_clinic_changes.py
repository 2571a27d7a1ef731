"""What managers change lies over clinic.yml: the same checks, and whatever is wrong is named."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.settings.clinic import (
    OPTIONAL,
    Clinic,
    SettingsError,
    laid_over,
    load_clinic,
    read_clinic,
    read_entries,
)

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "clinic.yml"
ENTRIES = read_entries(FILE)
NAMES = [*Clinic.__dataclass_fields__, "closed_on", "texts.decline.cost", "texts.", "nonsense"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
SPANS = st.dictionaries(
    st.sampled_from(["monday", "sunday", "someday"]), st.from_regex(r"[0-9:, -]{0,14}"), max_size=3
)


@given(st.dictionaries(st.sampled_from(NAMES) | st.text(), JSON | SPANS, max_size=4))
@settings(max_examples=150, deadline=None)
def test_whatever_lies_over_the_file_is_read_or_named(changes: dict[str, object]) -> None:
    read = read_clinic(laid_over(ENTRIES, changes))
    if isinstance(read, Clinic):
        assert read.emergency_number.isdigit()
        assert read.name
    else:
        assert all(isinstance(words, str) and words for words in read.values())
        assert set(read) <= {*changes, "texts"}


def test_changes_hold_and_the_rest_stays() -> None:
    changes = {
        "emergency_number": "112",
        "closed_on": ["2026-12-24"],
        "texts.decline.cost": "Please ask.",
        "whatsapp": "",
    }
    clinic, file = load_clinic(FILE, changes), load_clinic(FILE)
    assert clinic.emergency_number == "112"
    assert [str(day) for day in clinic.hours.closed_on] == ["2026-12-24"]
    assert clinic.texts == {"decline.cost": "Please ask."}
    assert "whatsapp" in OPTIONAL
    assert clinic.whatsapp == ""
    assert (clinic.phone, clinic.hours.week) == (file.phone, file.hours.week)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"emergency_number": "now"}, "/desk/settings: emergency_number must be a short number"),
        ({"texts.decline.cost": ""}, "/desk/settings: texts is empty"),
        ({"gone": "1"}, "/desk/settings: gone is not an entry"),
    ],
)
def test_a_wrong_change_says_where_it_was_made(changes: dict[str, object], says: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_clinic(FILE, changes)
    assert str(caught.value).startswith(says)
