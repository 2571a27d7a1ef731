"""clinic.yml: what is missing or wrong is named, and nothing is guessed."""

from pathlib import Path

import pytest
import yaml

from bot.settings.clinic import SettingsError, load_clinic

ROOT = Path(__file__).resolve().parents[2]


def write(folder: Path, **changes: object) -> Path:
    entries = yaml.safe_load((ROOT / "clinic.yml").read_text()) | changes
    kept = {name: value for name, value in entries.items() if value is not ...}
    path = folder / "clinic.yml"
    path.write_text(yaml.safe_dump(kept))
    return path


def test_the_demo_clinic_is_right_and_invented() -> None:
    clinic = load_clinic(ROOT / "clinic.yml")
    assert clinic.phone.startswith("01632 960"), "a number that is reserved for fiction"
    assert clinic.email.endswith(".example")
    assert all(clinic.facts().values())


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("phone", ..., "phone is missing"),
        ("name", "", "name is empty"),
        ("emergency_number", 999, "put 999 in quotes"),
        ("emergency_number", "call us", "emergency_number must be a short number"),
        ("hours", "always", "hours must be a list"),
        ("hours", [], "hours must be a list"),
        ("time_zone", "London", "time_zone must be a time zone"),
        ("time_zone", "../../etc", "time_zone must be a time zone"),
        ("booking_url", "javascript:alert(1)", "booking_url must be an address"),
        ("regulator_url", "/page", "regulator_url must be an address"),
        ("accent", "teal", "accent must be a colour"),
        ("email", "clinic", "email must be an e-mail address"),
        ("texts", ["a"], "texts must be names with texts"),
        ("phone_numer", "1", "phone_numer is not an entry; did you mean phone"),
    ],
)
def test_a_wrong_entry_is_named_in_one_line(
    tmp_path: Path, name: str, value: object, says: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        load_clinic(write(tmp_path, **{name: value}))
    assert str(caught.value).startswith("clinic.yml: ")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"- a", b"name: [", b"a: 'b", b"\xff\xfe\x00"])
def test_a_file_that_is_no_settings_gives_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "clinic.yml"
    path.write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        load_clinic(path)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"clinic\.yml is missing"):
        load_clinic(tmp_path / "clinic.yml")
