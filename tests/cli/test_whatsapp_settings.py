"""WhatsApp's settings: what starts the channel, what keeps it off, and which one is wrong."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.runtime.checks import reminders
from bot.settings import VARIABLES, SettingsError, load_settings
from bot.settings.clinic import load_clinic
from bot.settings.whatsapp import NEEDED, read_whatsapp, whatsapp_problems

ROOT = Path(__file__).resolve().parents[2]
SECRETS = {
    "CANDOR_WHATSAPP_TOKEN": "EAAtoken-of-the-test",
    "CANDOR_WHATSAPP_APP_SECRET": "5ec2e7ofthetest",
    "CANDOR_WHATSAPP_VERIFY_TOKEN": "verify-of-the-test",
}
WHOLE = SECRETS | {"CANDOR_WHATSAPP_NUMBER_ID": "106540352242922"}
CHOSEN = {
    "CANDOR_WHATSAPP_ACCOUNT_ID": "102290129340398",
    "CANDOR_WHATSAPP_GRAPH_URL": "http://127.0.0.1:9000/",
    "CANDOR_WHATSAPP_GRAPH_VERSION": "v26.0",
    "CANDOR_WHATSAPP_TEMPLATE": "answer_ready/en_GB",
    "CANDOR_WHATSAPP_LATE": "1.5",
    "CANDOR_WHATSAPP_LATE_REPLY": "leave",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "clinic.yml", tmp_path)
    return tmp_path


def test_without_any_variable_the_channel_is_off_and_nothing_is_missing(root: Path) -> None:
    settings = load_settings(root, {"CANDOR_WHATSAPP_TOKEN": ""})
    assert settings.whatsapp is None
    assert settings.whatsapp_missing == ()


def test_the_four_needed_variables_are_enough(root: Path) -> None:
    whatsapp = load_settings(root, WHOLE).whatsapp
    assert whatsapp is not None
    assert (whatsapp.graph_url, whatsapp.graph_version) == ("https://graph.facebook.com", "v24.0")
    assert (whatsapp.account_id, whatsapp.template_name, whatsapp.template_language) == (None,) * 3
    assert (whatsapp.late, whatsapp.late_reply) == (timedelta(hours=6), "answer")


def test_what_is_chosen_is_read(root: Path) -> None:
    whatsapp = load_settings(root, WHOLE | CHOSEN).whatsapp
    assert whatsapp is not None
    assert whatsapp.token == "EAAtoken-of-the-test"
    assert whatsapp.app_secret == "5ec2e7ofthetest"
    assert whatsapp.verify_token == "verify-of-the-test"
    assert (whatsapp.number_id, whatsapp.account_id) == ("106540352242922", "102290129340398")
    assert (whatsapp.graph_url, whatsapp.graph_version) == ("http://127.0.0.1:9000", "v26.0")
    assert (whatsapp.template_name, whatsapp.template_language) == ("answer_ready", "en_GB")
    assert (whatsapp.late, whatsapp.late_reply) == (timedelta(minutes=90), "leave")


@given(st.sets(st.sampled_from(sorted(WHOLE | CHOSEN)), min_size=1))
def test_without_one_that_is_needed_the_channel_stays_off_and_names_it(names: set[str]) -> None:
    values = {name: text for name, text in (WHOLE | CHOSEN).items() if name in names}
    whatsapp, missing = read_whatsapp(values)
    assert missing == tuple(name for name in NEEDED if name not in names)
    assert (whatsapp is None) == bool(missing)


def test_the_site_starts_without_the_app_secret_but_not_the_channel(root: Path) -> None:
    values = {name: text for name, text in WHOLE.items() if "APP_SECRET" not in name}
    settings = load_settings(root, values)
    assert settings.whatsapp is None
    assert settings.whatsapp_missing == ("CANDOR_WHATSAPP_APP_SECRET",)


def test_secrets_are_in_no_picture_of_the_settings(root: Path) -> None:
    shown = repr(load_settings(root, WHOLE))
    assert not [secret for secret in SECRETS.values() if secret in shown]
    assert {entry.name for entry in VARIABLES if entry.secret} >= set(SECRETS)


WRONG = [
    ("NUMBER_ID", "+44 7700 900142", "not the telephone number"),
    ("NUMBER_ID", "١٠٦٥٤٠٣٥٢٢", "digits alone"),
    ("NUMBER_ID", "10654/me", "digits alone"),
    ("ACCOUNT_ID", "my account", "digits alone"),
    ("GRAPH_URL", "graph.facebook.com", "an address"),
    ("GRAPH_URL", "ftp://graph.facebook.com", "an address"),
    ("GRAPH_VERSION", "24.0", "such as v24.0"),
    ("GRAPH_VERSION", "v24", "such as v24.0"),
    ("GRAPH_VERSION", "v24.0/..", "such as v24.0"),
    ("TEMPLATE", "answer_ready", "name and language"),
    ("TEMPLATE", "Answer Ready/en_GB", "name and language"),
    ("TEMPLATE", "answer_ready/English", "name and language"),
    ("TEMPLATE", "answer_ready/en_GB/", "name and language"),
    ("LATE", "0", "above 0 and up to 168"),
    ("LATE", "169", "above 0 and up to 168"),
    ("LATE", "-1", "number of hours"),
    ("LATE", "6h", "number of hours"),
    ("LATE", "nan", "number of hours"),
    ("LATE_REPLY", "later", "answer or leave"),
    ("TOKEN", "EAA secret", "without blanks"),
    ("APP_SECRET", "secret\n", "without blanks"),
    ("VERIFY_TOKEN", "gehéim", "without blanks"),
]


@pytest.mark.parametrize(("short", "value", "says"), WRONG)
def test_a_wrong_form_is_refused_in_one_line_that_keeps_secrets(
    root: Path, short: str, value: str, says: str
) -> None:
    name = f"CANDOR_WHATSAPP_{short}"
    with pytest.raises(SettingsError) as caught:
        load_settings(root, WHOLE | {name: value})
    line = str(caught.value)
    assert line.startswith(f"{name} must be ")
    assert says in line
    assert "\n" not in line
    assert "EAA" not in line
    assert whatsapp_problems(WHOLE | {name: value}) == {name: line}


def test_a_wrong_form_is_refused_even_while_others_are_missing(root: Path) -> None:
    with pytest.raises(SettingsError, match="CANDOR_WHATSAPP_LATE must be"):
        load_settings(root, {"CANDOR_WHATSAPP_LATE": "soon"})


def test_a_mistyped_variable_is_named_with_the_right_one(root: Path) -> None:
    with pytest.raises(SettingsError, match="did you mean CANDOR_WHATSAPP_APP_SECRET"):
        load_settings(root, {"CANDOR_WHATSAPP_APPSECRET": "x"})


def test_the_guide_explains_every_variable() -> None:
    guide = (ROOT / "docs" / "whatsapp.md").read_text(encoding="utf-8")
    names = [entry.name for entry in VARIABLES if "WHATSAPP" in entry.name]
    assert not [name for name in names if f"| `{name}` |" not in guide]


def clinic_file(folder: Path, **changes: object) -> Path:
    entries = yaml.safe_load((ROOT / "clinic.yml").read_text()) | changes
    path = folder / "clinic.yml"
    path.write_text(yaml.safe_dump({key: entry for key, entry in entries.items() if entry != "-"}))
    return path


@pytest.mark.parametrize("value", ["-", "", None])
def test_a_clinic_needs_no_number_on_whatsapp(tmp_path: Path, value: str | None) -> None:
    assert load_clinic(clinic_file(tmp_path, whatsapp=value)).whatsapp == ""


@pytest.mark.parametrize(
    "number", ["+44 7700 900 142", "+447700900142", "+1 201-555-0123", "+12345678"]
)
def test_the_number_on_whatsapp_is_kept_as_people_see_it(tmp_path: Path, number: str) -> None:
    assert load_clinic(clinic_file(tmp_path, whatsapp=number)).whatsapp == number


@pytest.mark.parametrize(
    "number",
    [
        *("07700 900 142", "+44 (0)7700 900 142", "+44  7700900142", "+0447700900142"),
        *("+1234567", "+1234567890123456", "+٤٤٧٧٠٠٩٠٠١٤٢", "https://wa.me/447700900142"),
    ],
)
def test_a_number_that_is_not_international_is_refused(tmp_path: Path, number: str) -> None:
    with pytest.raises(SettingsError, match=r"clinic\.yml: whatsapp must be an international num"):
        load_clinic(clinic_file(tmp_path, whatsapp=number))


def test_a_number_without_quotes_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="whatsapp must be text: put 447700900142 in quotes"):
        load_clinic(clinic_file(tmp_path, whatsapp=447700900142))


def test_the_demo_clinic_has_a_number_that_is_reserved_for_fiction() -> None:
    assert load_clinic(ROOT / "clinic.yml").whatsapp.startswith("+44 7700 900")


def test_a_channel_that_stays_off_is_worth_a_look(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANDOR_DATA", str(root))
    monkeypatch.setenv("CANDOR_WHATSAPP_TOKEN", "EAAtoken-of-the-test")
    (off,) = reminders(root)
    assert off.startswith("WhatsApp stays off without CANDOR_WHATSAPP_APP_SECRET, ")
    monkeypatch.delenv("CANDOR_WHATSAPP_TOKEN")
    assert reminders(root) == []
