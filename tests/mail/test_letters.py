"""What an e-mail to the desk says, plainly and in the clinic's own words."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest

from bot.desk.mail import Letterhead, make_letter
from bot.store.desk.mails import Mail
from tests.mail.room import clinic_texts

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
SINCE = (AT - timedelta(minutes=12, seconds=50)).isoformat()
ID = "1" * 32


def letter(kind: str, conversation: str | None = None, **content: object) -> EmailMessage:
    head = Letterhead(
        "Tide & Mill\nClinic", "a@clinic.example", "d@x.example", "https://a.x", clinic_texts()
    )
    return make_letter(head, Mail(ID, kind, conversation, content, 0, AT))


def parts(message: EmailMessage) -> tuple[str, str]:
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    return plain.get_content(), html.get_content()


def test_it_says_where_to_look_and_how_long_somebody_waits() -> None:
    message = letter("waiting", "c" * 32, channel="whatsapp", since=SINCE)
    assert message["From"] == "Tide & Mill Clinic <a@clinic.example>"
    assert message["Subject"] == "Somebody is waiting for a person"
    assert message["Message-ID"] == f"<{ID}@clinic.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    for text in parts(message):
        assert "WhatsApp asked for a person 12 minutes ago" in text
        assert f"https://a.x/desk/conversations/{'c' * 32}" in text


def test_an_urgent_one_looks_urgent() -> None:
    assert letter("urgent", "c" * 32, channel="widget", since=SINCE)["Importance"] == "high"
    assert letter("waiting", "c" * 32, channel="widget", since=SINCE)["Importance"] is None


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ({"waiting": 1}, "One conversation is waiting for a person."),
        ({"waiting": 3}, "3 conversations are waiting for a person."),
    ],
)
def test_the_morning_counts(counts: dict[str, int], says: str) -> None:
    for text in parts(letter("morning", counts=counts)):
        assert says in text
        assert "https://a.x/desk" in text


@pytest.mark.parametrize("kind", ["urgent", "waiting", "morning", "test"])
def test_nothing_is_left_to_fill_in(kind: str) -> None:
    counts = {"counts": {"waiting": 2}} if kind == "morning" else {}
    message = letter(kind, channel="something new", since=SINCE, **counts)
    for text in (message["Subject"], *parts(message)):
        assert text.strip()
        assert "{" not in text.replace("{margin", "")
