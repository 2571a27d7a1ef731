"""clinic.yml: what is missing or wrong is named, and nothing is guessed."""

from datetime import date, datetime
from pathlib import Path

import pytest
import yaml

from bot.conversation.retention import Backup, KeepDays
from bot.settings.clinic import SettingsError, load_clinic
from bot.settings.hours import Span

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


def test_hours_and_dates_are_read_however_they_are_written(tmp_path: Path) -> None:
    changes = {
        "hours": {"monday": "13:00 - 24:00, 8:00-12:00,12:00-12:30"},  # adjoining, out of order
        "closed_on": ["2026-12-25", date(2027, 1, 1)],
    }
    hours = load_clinic(write(tmp_path, **changes)).hours
    assert hours.week == ((Span(480, 750), Span(780, 1440)), *[()] * 6)
    assert hours.closed_on == {date(2026, 12, 25), date(2027, 1, 1)}


@pytest.mark.parametrize("days", [1, 3650])
def test_conversations_are_kept_for_as_many_days_as_the_clinic_says(
    tmp_path: Path, days: int
) -> None:
    clinic = load_clinic(write(tmp_path, keep_days=days))
    assert clinic.keep_days == KeepDays(days)
    assert clinic.facts()["keep_days"] == str(days)


def test_each_channel_may_keep_its_own_time(tmp_path: Path) -> None:
    clinic = load_clinic(write(tmp_path, keep_days={"widget": 30, "whatsapp": 90, "desk": 30}))
    days = [clinic.keep_days.of(channel) for channel in ("widget", "whatsapp", "desk", "terminal")]
    assert days == [30, 90, 30, 30]
    assert clinic.facts()["keep_days"] == "30 (on WhatsApp 90)"


def test_the_places_of_backups_are_read(tmp_path: Path) -> None:
    entry = {"where": " The disk in the safe ", "kept_days": 35}
    assert load_clinic(write(tmp_path, backups=[entry])).backups == (
        Backup("The disk in the safe", 35),
    )
    assert load_clinic(write(tmp_path, backups=...)).backups == ()


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("phone", ..., "phone is missing"),
        ("name", "", "name is empty"),
        ("emergency_number", 999, "put 999 in quotes"),
        ("emergency_number", "call us", "emergency_number must be a short number"),
        ("hours", ..., "hours is missing"),
        ("hours", "always", "hours must be days with their times, such as monday:"),
        ("hours", ["Monday: 9 am to 5 pm"], "hours must be days with their times"),
        ("hours", {}, "hours must be days with their times"),
        ("hours", {"Monday": "9:00-17:00"}, "'Monday', which is no day; did you mean monday?"),
        ("hours", {"mo\nn": "9:00-17:00"}, "which is no day"),
        ("hours", {1: "9:00-17:00"}, "write monday, tuesday and so on"),
        ("hours", {"monday": "9-17"}, "hours of monday can't be read; write spans such as \"8:"),
        ("hours", {"monday": "9:00-12:00,"}, "hours of monday can't be read"),
        ("hours", {"monday": "9:00-12:60"}, "hours of monday can't be read"),
        ("hours", {"monday": 750}, "hours of monday can't be read"),
        ("hours", {"sunday": None}, "or leave the day out when the clinic is closed"),
        ("hours", {"friday": "18:00-8:30"}, "hours of friday: 18:00-8:30 must end after it begins"),
        ("hours", {"friday": "8:30-8:30"}, "hours of friday: 8:30-8:30 must end after it begins"),
        ("hours", {"friday": "8:30-24:30"}, "8:30-24:30 must end after it begins, by 24:00"),
        (
            *("hours", {"friday": "13:00-18:00, 8:00-13:30"}),
            "hours of friday: 8:00-13:30 and 13:00-18:00 overlap",
        ),
        ("closed_on", ..., "closed_on is missing; add it"),
        ("closed_on", "2026-12-25", "closed_on must be a list of dates"),
        ("closed_on", ["2026-12-25", "25.12.2026"], "closed_on has no date in place 2"),
        ("closed_on", ["2026-02-30"], 'place 1; write it like "2026-12-25"'),
        ("closed_on", ["2026-W01-1"], "closed_on has no date in place 1"),
        ("closed_on", [datetime(2026, 12, 25, 9)], "closed_on has no date in place 1"),
        ("keep_days", ..., "keep_days is missing"),
        ("keep_days", 0, "keep_days must be a whole number from 1 to 3650"),
        ("keep_days", 3651, "keep_days must be a whole number from 1 to 3650"),
        ("keep_days", "30", "keep_days must be a whole number"),
        ("keep_days", 30.0, "keep_days must be a whole number"),
        ("keep_days", True, "keep_days must be a whole number"),
        ("keep_days", {"whatsapp": 9}, "keep_days needs the days of widget"),
        (
            "keep_days",
            {"widget": 9, "email": 9},
            "keep_days has no channel email; there are widget",
        ),
        ("keep_days", {"widget": 9, "desk": 0}, "keep_days of desk must be a whole number from 1"),
        ("backups", "a disk", "backups must be a list such as"),
        ("backups", ["a disk"], "backups needs where and kept_days in place 1"),
        ("backups", [{"where": "", "kept_days": 9}], "backups must say where in place 1"),
        (
            *("backups", [{"where": "A disk", "kept_days": "9"}]),
            "backups in place 1: kept_days must be a whole number",
        ),
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


@pytest.mark.parametrize(
    "content",
    [b"", b"- a", b"name: [", b"a: 'b", b"\xff\xfe\x00", b"closed_on: [2026-02-30]"],
)
def test_a_file_that_is_no_settings_gives_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "clinic.yml"
    path.write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        load_clinic(path)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"clinic\.yml is missing"):
        load_clinic(tmp_path / "clinic.yml")
