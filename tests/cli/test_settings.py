"""The settings: what is read, and that whatever is wrong is named."""

import shutil
from pathlib import Path

import pytest

from bot.settings import VARIABLES, SettingsError, load_settings

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "clinic.yml", tmp_path)
    return tmp_path


def test_defaults_need_nothing_set(root: Path) -> None:
    settings = load_settings(root, {})
    assert settings.public_url == "http://localhost:8080"
    assert settings.host == "127.0.0.1"
    assert settings.clinic.booking_url == "http://localhost:8080/demo/booking"
    assert settings.database_url.endswith(f"{root}/var/candor.db")


def test_links_of_the_clinic_follow_the_public_address(root: Path) -> None:
    settings = load_settings(root, {"CANDOR_PUBLIC_URL": "https://ask.clinic.example/"})
    assert settings.clinic.privacy_url == "https://ask.clinic.example/demo/privacy"


def test_a_secret_is_made_once_and_is_the_owners_only(root: Path) -> None:
    first, second = load_settings(root, {}), load_settings(root, {})
    assert first.secret == second.secret != first.engine_token
    for name in ("secret", "engine-token"):
        assert (root / "var" / name).stat().st_mode & 0o777 == 0o600


def test_secrets_are_not_shown(root: Path) -> None:
    settings = load_settings(root, {})
    assert settings.secret not in repr(settings)
    assert settings.engine_token not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CANDOR_PORT", "80a"),
        ("CANDOR_PORT", "0"),
        ("CANDOR_PORT", "65536"),
        ("CANDOR_PORT", "²"),
        ("CANDOR_ACTION_PORT", "8080"),
        ("CANDOR_ENGINE_PORT", "5055"),
        ("CANDOR_PUBLIC_URL", "clinic.example"),
        ("CANDOR_PUBLIC_URL", "http://[::"),
        ("CANDOR_PUBLIC_URL", "https://clinic.example/?a=1"),
        ("CANDOR_WEBSITES", "https://www.clinic.example clinic.example"),
        ("CANDOR_ENGINE_URL", "ftp://engine"),
        ("CANDOR_DATABASE_URL", "candor.db"),
        ("CANDOR_SECRET", "short"),
        ("CANDOR_ENGINE_TOKEN", "ü" * 40),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(root: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(root, {name: value})
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_mistyped_setting_is_refused_with_the_right_name(root: Path) -> None:
    with pytest.raises(SettingsError, match="CANDOR_PROT is not a setting; did you mean CANDOR_PO"):
        load_settings(root, {"CANDOR_PROT": "80"})


def test_an_engine_elsewhere_frees_its_port(root: Path) -> None:
    elsewhere = {"CANDOR_ENGINE_URL": "http://10.0.0.2:5005", "CANDOR_PORT": "5005"}
    assert load_settings(root, elsewhere).port == 5005


def test_a_broken_secret_file_stops_the_start(root: Path) -> None:
    (root / "var").mkdir()
    (root / "var" / "secret").write_text("")
    with pytest.raises(SettingsError, match="too short"):
        load_settings(root, {})


def test_every_variable_is_explained() -> None:
    assert all(entry.help and entry.name.startswith("CANDOR_") for entry in VARIABLES)
