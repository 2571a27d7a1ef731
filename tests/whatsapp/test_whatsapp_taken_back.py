"""What a patient takes back is gone wherever it stands; what they move to is not cut off."""

from pathlib import Path

import pytest

from tests.staff import person
from tests.whatsapp.clinic_channel import Clinic, clinic_channel, words_of
from tests.whatsapp.phones import Phone
from tests.whatsapp.test_carry import message
from tests.whatsapp.test_whatsapp_changes import edited, send
from tests.whatsapp.website import visitor

pytestmark = pytest.mark.slow

PAT = Phone("447700900123", None, "Pat Doe")
NEW = Phone("447700900199", None, "Pat Doe")
SECRET = "is my secret permanent?"


async def written(clinic: Clinic) -> list[str]:
    """The patient's own lines."""
    entries = await clinic.transcript(PAT)
    return [entry.message.text for entry in entries if entry.author == "patient"]


async def test_a_message_is_gone_from_a_conversation_that_was_left(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic, visitor(clinic) as widget:
        original = await clinic.patients.say(PAT, SECRET)
        await clinic.said_to(PAT, 1)
        contact = await clinic.contact(PAT)
        assert contact is not None
        await widget.ask("is it permanent?")
        await clinic.patients.say(PAT, message(await widget.code()))
        await clinic.said_to(PAT, 2)
        await send(clinic, "revoke", {"original_message_id": original})
        await clinic.said_to(PAT, 3)
        left = await clinic.conversations.transcript(contact.conversation_id or "")
        assert "secret" not in " ".join(entry.message.text for entry in left)


@pytest.mark.parametrize("words", [["is it permanent?", SECRET], [SECRET, "is it permanent?"]])
async def test_what_a_message_was_changed_to_is_gone_with_it(
    tmp_path: Path, words: list[str]
) -> None:
    async with clinic_channel(tmp_path) as clinic:
        original = await clinic.patients.say(PAT, "my secret hip: is it permanent?")
        await clinic.said_to(PAT, 1)
        for count, changed in enumerate(words, 2):
            await send(clinic, "edit", edited(original, changed))
            await clinic.said_to(PAT, count)
        kept = await written(clinic)
        assert sum("permanent?" in line for line in kept) == 1
        await send(clinic, "revoke", {"original_message_id": original})
        await clinic.said_to(PAT, 4)
        kept = await written(clinic)
        assert not any("secret" in line or "permanent?" in line for line in kept)


async def test_a_long_message_of_staff_comes_whole(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        await clinic.patients.say(PAT, "is it permanent?")
        await clinic.said_to(PAT, 1)
        contact = await clinic.contact(PAT)
        assert contact is not None
        words = [f"word{number:04}" for number in range(500)]
        await clinic.conversations.speak(
            contact.conversation_id or "", person("Dr Alexandra Long"), " ".join(words)
        )
        await clinic.said_to(PAT, 2)
        first = clinic.graph.to(PAT.number or "")[1].payload
        tap = first["interactive"]["action"]["buttons"][0]["reply"]
        await send(clinic, "interactive", {"type": "button_reply", "button_reply": tap})
        await clinic.said_to(PAT, 3)
        parts = [words_of(one.payload) for one in clinic.graph.to(PAT.number or "")[1:]]
        assert all(part.startswith("*Dr Alexandra Long*\n") for part in parts)
        assert [word for part in parts for word in part.split()[3:]] == words


async def test_who_is_being_answered_at_the_new_number_gets_the_answer(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        await clinic.patients.say(PAT, "is it permanent?")
        await clinic.said_to(PAT, 1)
        await clinic.patients.say(NEW, "slow, is it permanent?")
        await clinic.quiet()
        system = {"type": "user_changed_number", "wa_id": NEW.number}
        await send(clinic, "system", system)
        await clinic.quiet()
        clinic.assistant.pause.set()
        await clinic.said_to(NEW, 1)
        await clinic.quiet()
        assert await clinic.contact(PAT) is None
