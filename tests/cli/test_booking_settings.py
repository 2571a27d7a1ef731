"""The booking page's provider and secrets: what is right, and which one is wrong."""

from pathlib import Path

import pytest

from bot.runtime.checks import reminders
from bot.settings import Settings, SettingsError, load_settings
from tests.cli.test_clinic import write

KEY = {"CANDOR_CALENDLY_KEY": "kx7Q-invented-for-the-tests"}


def load(folder: Path, environ: dict[str, str] | None = None, **changes: object) -> Settings:
    write(folder, **changes)
    return load_settings(folder, environ or {})


def test_a_template_is_kept_and_links_that_nobody_counts_are_plain(tmp_path: Path) -> None:
    settings = load(tmp_path, booking_url="https://a.example/v?from={reference}")
    assert settings.booking.address == "https://a.example/v?from={reference}"
    assert settings.clinic.booking_url == "https://a.example/v?from=website"
    assert settings.booking.missing is None


def test_a_provider_without_its_secret_is_told_of(tmp_path: Path) -> None:
    changes = {"booking_provider": "calendly", "booking_url": "https://calendly.com/c/v"}
    assert load(tmp_path, **changes).booking.missing == "CANDOR_CALENDLY_KEY"
    known = load(tmp_path, KEY, **changes)
    assert known.booking.missing is None
    assert KEY["CANDOR_CALENDLY_KEY"] not in repr(known)


def test_the_check_reminds_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data" / "nlu").mkdir(parents=True)
    monkeypatch.setenv("CANDOR_DATA", str(tmp_path))
    write(tmp_path, booking_provider="calcom", desk_email="desk@clinic.example")
    lines = reminders(tmp_path)
    assert any("CANDOR_CALCOM_SECRET" in line and "docs/booking.md" in line for line in lines)


@pytest.mark.parametrize(
    ("changes", "environ", "says"),
    [
        ({"booking_provider": "doctolib"}, {}, "must be link, calcom or calendly"),
        ({"booking_url": "https://a.example/{name}"}, {}, "may have {reference} in braces"),
        ({"booking_url": "https://{reference}.a.example/"}, {}, "{reference} after it"),
        ({"booking_url": "https://[a/"}, {}, "booking_url must"),
        (
            {"booking_provider": "calcom", "booking_url": "https://cal.com/{reference}"},
            {},
            "must not have {reference}",
        ),
        (
            {
                "booking_provider": "calcom",
                "booking_url": "https://cal.com/a?metadata%5Bcandor%5D=1",
            },
            {},
            "has metadata[candor] already",
        ),
        (
            {"booking_provider": "calendly", "booking_url": "https://calendly.com/a?utm_content="},
            {},
            "has utm_content already",
        ),
        ({}, {"CANDOR_CALCOM_SECRET": "short"}, "CANDOR_CALCOM_SECRET must have 16 characters"),
        ({}, {"CANDOR_CALENDLY_KEY": "with a blank in it"}, "CANDOR_CALENDLY_KEY must have"),
    ],
)
def test_what_is_wrong_is_named(
    tmp_path: Path, changes: dict[str, str], environ: dict[str, str], says: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, environ, **changes)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
