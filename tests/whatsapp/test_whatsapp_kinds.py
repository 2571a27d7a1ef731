"""Whatever a patient sends is met with fitting words, and nothing of it is fetched."""

from pathlib import Path
from typing import Any

import pytest

from tests.whatsapp.clinic_channel import Clinic, clinic_channel
from tests.whatsapp.clinic_words import text
from tests.whatsapp.phones import Phone, Written

pytestmark = pytest.mark.slow

PAT = Phone("447700900123", "GB.123", "Pat Doe")
EMERGENCY = "I have a fever and my knee is hot and swollen"
FILE = {"id": "3000000000001", "mime_type": "image/jpeg", "sha256": "AA=="}
PLACE = {"latitude": 51.5074, "longitude": -0.1278, "name": "A park"}
CARD = [{"name": {"formatted_name": "Ben Reed"}, "phones": [{"phone": "+44 7700 900003"}]}]
ORDER: dict[str, Any] = {"catalog_id": "4", "product_items": [{"product_retailer_id": "knee-kit"}]}
WORDLESS: list[tuple[str, object, str]] = [
    ("image", FILE, "image"),
    ("video", FILE, "video"),
    ("audio", FILE, "audio"),
    ("audio", {**FILE, "voice": True}, "voice"),
    ("document", {**FILE, "filename": "scan.pdf"}, "document"),
    ("sticker", FILE, "sticker"),
    ("location", PLACE, "place"),
    ("contacts", CARD, "cards"),
    ("order", ORDER, "order"),
    ("unsupported", {"type": "poll"}, "unreadable"),
    ("hologram", {"body": "is it permanent?"}, "unreadable"),
    ("interactive", None, "unreadable"),
    ("interactive", {"type": "nfm_reply", "nfm_reply": {"response_json": "{}"}}, "unreadable"),
    ("text", {"body": ""}, "unreadable"),
]
IDS = [f"{kind}-{name}" for kind, _, name in WORDLESS]
WITH_WORDS: list[tuple[str, dict[str, Any], str]] = [
    ("image", {**FILE, "caption": "{}"}, "image"),
    ("video", {**FILE, "caption": "{}"}, "video"),
    ("document", {**FILE, "caption": "{}"}, "document"),
    ("order", {**ORDER, "text": "{}"}, "order"),
]


def saying(content: dict[str, Any], words: str) -> dict[str, Any]:
    return {key: words if value == "{}" else value for key, value in content.items()}


async def met(clinic: Clinic, kind: str, content: object) -> tuple[str, list[str]]:
    """Send something as the second message; return the reply and the transcript's lines."""
    await clinic.patients.say(PAT, "is it permanent?")
    await clinic.said_to(PAT, 1)
    written = clinic.patients.write_item(PAT, kind, content)
    if content is None:
        del written.item[kind]
    await clinic.patients.send(written)
    said = await clinic.said_to(PAT, 2)
    return said[1], [entry.message.text for entry in await clinic.transcript(PAT)]


@pytest.mark.parametrize(("kind", "content", "name"), WORDLESS, ids=IDS)
async def test_what_holds_no_words_is_met_with_fitting_ones(
    tmp_path: Path, kind: str, content: object, name: str
) -> None:
    async with clinic_channel(tmp_path) as clinic:
        reply, lines = await met(clinic, kind, content)
        assert reply == text(f"whatsapp.only_{name}")
        assert lines[2] == text(f"whatsapp.shown_{name}")
        assert clinic.graph.requests == len(clinic.graph.accepted) + len(clinic.graph.reads)


@pytest.mark.parametrize(("kind", "content", "name"), WITH_WORDS)
async def test_the_words_that_come_along_are_answered(
    tmp_path: Path, kind: str, content: dict[str, Any], name: str
) -> None:
    async with clinic_channel(tmp_path) as clinic:
        reply, lines = await met(clinic, kind, saying(content, "is it permanent?"))
        assert reply.startswith(text(f"whatsapp.beside_{name}"))
        assert "Source: " in reply
        assert lines[2] == text(f"whatsapp.shown_{name}") + " is it permanent?"


@pytest.mark.parametrize(("kind", "content", "name"), WITH_WORDS)
async def test_an_emergency_that_comes_along_is_seen(
    tmp_path: Path, kind: str, content: dict[str, Any], name: str
) -> None:
    async with clinic_channel(tmp_path) as clinic:
        reply, _ = await met(clinic, kind, saying(content, EMERGENCY))
        assert reply == text("urgent.joint_infection"), name


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("button", {"payload": "is it permanent?", "text": "Is it permanent?"}),
        ("interactive", {"type": "button_reply", "button_reply": {"id": "{}", "title": "Last?"}}),
        ("interactive", {"type": "list_reply", "list_reply": {"id": "{}", "title": "Last?"}}),
    ],
)
async def test_a_tap_is_answered_and_shown_as_it_was_read(
    tmp_path: Path, kind: str, content: dict[str, Any]
) -> None:
    for reply in ("button_reply", "list_reply"):
        if reply in content:
            content = {**content, reply: saying(content[reply], "is it permanent?")}
    async with clinic_channel(tmp_path) as clinic:
        reply, lines = await met(clinic, kind, content)
        assert "Source: " in reply
        assert lines[2] in ("Last?", "Is it permanent?")


async def test_a_picture_first_is_met_with_who_we_are_in_one_message(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        await clinic.patients.send(clinic.patients.write_item(PAT, "image", FILE))
        [first] = await clinic.said_to(PAT, 1)
        assert first == text("whatsapp.intro") + "\n\n" + text("whatsapp.only_image")
        await clinic.patients.say(PAT, "is it permanent?")
        _, second = await clinic.said_to(PAT, 2)
        assert text("whatsapp.intro") not in second


async def test_several_pictures_with_one_question_get_one_answer(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        pictures = [clinic.patients.write_item(PAT, "image", FILE) for _ in range(3)]
        await clinic.patients.send(*pictures, clinic.patients.write(PAT, "is it permanent?"))
        [answer] = await clinic.said_to(PAT, 1)
        assert answer.count(text("whatsapp.beside_image")) == 1
        await clinic.quiet()
        assert len(clinic.graph.accepted) == 1


async def test_from_which_advert_somebody_came_is_kept(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        written = clinic.patients.write(PAT, "is it permanent?")
        advert = {"source_type": "ad", "source_id": "77", "headline": "Knees"}
        with_advert = Written(PAT, written.item | {"referral": advert | {"image": {"id": "1"}}})
        await clinic.patients.send(with_advert)
        await clinic.said_to(PAT, 1)
        await clinic.patients.say(PAT, "and how long does it take?")
        await clinic.said_to(PAT, 2)
        query = "SELECT referral FROM whatsapp_contacts"
        with clinic.store.database.reader.connect() as connection:
            assert '"source_id": "77"' in connection.exec_driver_sql(query).scalar_one()
