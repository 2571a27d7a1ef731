"""How e-mail to the desk is set up: what turns it on, and which setting is wrong."""

from pathlib import Path

import pytest

from bot.settings import MailSettings, Settings, SettingsError, load_settings
from tests.cli.test_clinic import write

DESK = "desk@clinic.example"


def load(folder: Path, url: str | None, sender: str | None = None, **changes: object) -> Settings:
    write(folder, **{"desk_email": DESK, **changes})
    named = {"CANDOR_SMTP_URL": url, "CANDOR_SMTP_FROM": sender}
    return load_settings(folder, {name: text for name, text in named.items() if text})


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtps://mail.x.example", ("mail.x.example", 465, "tls", None, None)),
        ("smtp://mail.x.example", ("mail.x.example", 587, "starttls", None, None)),
        ("smtp://localhost:25?tls=no", ("localhost", 25, "none", None, None)),
        ("smtp://[::1]/?tls=no", ("::1", 587, "none", None, None)),
        (
            "smtps://d%40x.example:p%2F%40%23s@mail.x.example:4650",
            ("mail.x.example", 4650, "tls", "d@x.example", "p/@#s"),
        ),
    ],
)
def test_a_server_is_read(tmp_path: Path, url: str, expected: tuple[object, ...]) -> None:
    mail = load(tmp_path, url, unattended_minutes=25).mail
    assert mail == MailSettings(*expected, "hello@aldermere.example", DESK, 25)  # type: ignore[arg-type]
    assert "p/@#s" not in repr(mail)


def test_it_is_off_until_both_halves_are_there(tmp_path: Path) -> None:
    for url, desk, missing in (
        (None, "", None),
        (None, DESK, "CANDOR_SMTP_URL"),
        ("smtps://mail.x.example", "", "desk_email in clinic.yml"),
    ):
        settings = load(tmp_path, url, desk_email=desk)
        assert (settings.mail, settings.mail_missing) == (None, missing)


def test_the_sender_may_be_another(tmp_path: Path) -> None:
    mail = load(tmp_path, "smtps://mail.x.example", "candor@x.example").mail
    assert mail is not None
    assert mail.sender == "candor@x.example"


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mail.x.example", "must be an address such as smtps://"),
        ("https://mail.x.example", "must be an address such as smtps://"),
        ("smtps://", "must be an address"),
        ("smtps://d:p/q@mail.x.example", "written %40 %2F %23"),
        ("smtps://d:se#cret@mail.x.example", "written %40 %2F %23"),
        ("smtps://d:se cret@mail.x.example", "written %40"),
        ("smtps://mail.x.example:0", "must be an address"),
        ("smtps://mail.x.example:65x", "must be an address"),
        ("smtps://[mail", "must be an address"),
        ("smtps://mail.x.example/inbox", "must be an address"),
        ("smtps://d@mail.x.example", "a user and a password, or neither"),
        ("smtps://mail.x.example?tls=no", "behind smtp://, and nothing else"),
        ("smtp://localhost?tls=yes", "?tls=no behind smtp://"),
        ("smtp://localhost?tls", "must be an address"),
        ("smtp://mail.x.example?tls=no", "on this machine only"),
    ],
)
def test_a_wrong_server_is_named_without_its_password(tmp_path: Path, url: str, says: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, url)
    assert str(caught.value).startswith("CANDOR_SMTP_URL")
    assert says in str(caught.value)
    assert "cret" not in str(caught.value)


@pytest.mark.parametrize("sender", ["desk", "Desk <a@x.example>", "a@x.example\nBcc: b@x.example"])
def test_a_wrong_sender_is_named(tmp_path: Path, sender: str) -> None:
    with pytest.raises(SettingsError, match="CANDOR_SMTP_FROM must be an e-mail address"):
        load(tmp_path, "smtps://mail.x.example", sender)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"desk_email": "desk, ben@x.example"}, "desk_email must be one e-mail address"),
        ({"unattended_minutes": 0}, "unattended_minutes must be a whole number of minutes"),
        ({"unattended_minutes": "10"}, "unattended_minutes must be a whole number of minutes"),
        ({"unattended_minutes": True}, "unattended_minutes must be a whole number of minutes"),
    ],
)
def test_a_wrong_entry_of_the_clinic_is_named(
    tmp_path: Path, changes: dict[str, object], says: str
) -> None:
    with pytest.raises(SettingsError, match=says):
        load(tmp_path, None, **changes)
