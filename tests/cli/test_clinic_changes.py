"""What managers change lies over clinic.yml: the same checks, and whatever is wrong is named."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine

from bot.cli import main
from bot.settings import settings_from_environment
from bot.settings.clinic import (
    OPTIONAL,
    Clinic,
    SettingsError,
    load_clinic,
    read_clinic,
    read_entries,
)
from bot.settings.overlay import laid_over
from bot.store.desk import AuditEntry
from bot.store.desk.settings import save
from tests.databases import url_of

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
@settings(max_examples=80, deadline=None)
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


def test_a_change_that_stops_the_start_is_taken_back_from_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CANDOR_DATABASE_URL", url_of(tmp_path))
    monkeypatch.setenv("CANDOR_SECRET", "s" * 40)
    monkeypatch.setenv("CANDOR_ENGINE_TOKEN", "t" * 40)
    with create_engine(url_of(tmp_path)).begin() as connection:
        entry = AuditEntry(None, "anna", "settings.changed")
        save(connection, {"emergency_number": "now"}, 0, entry)
    connection.engine.dispose()
    assert main(["whatsapp", "link"]) == 1
    assert "/desk/settings: emergency_number must be a short number" in capsys.readouterr().err
    assert main(["settings"]) == 0
    assert "changed at /desk/settings: emergency_number" in capsys.readouterr().out
    assert main(["settings", "--back", "emergency_number"]) == 0
    assert main(["settings", "--back", "emergency_number"]) == 1
    assert "Nobody changed emergency_number" in capsys.readouterr().err
    assert settings_from_environment(ROOT).clinic.emergency_number == "999"
