"""A patient writes and is answered: once, in order, with source, buttons and booking."""

from pathlib import Path

import pytest

from tests.whatsapp.clinic_channel import clinic_channel
from tests.whatsapp.phones import Phone

PAT = Phone("447700900123", "GB.123", "Pat Doe")


async def test_first_contact_names_the_assistant_in_one_message_with_the_answer(
    tmp_path: Path,
) -> None:
    async with clinic_channel(tmp_path) as clinic:
        await clinic.patients.say(PAT, "is it permanent?")
        [first] = await clinic.said_to(PAT, 1)
        assert first.startswith("I am the automatic assistant of Aldermere Joint Clinic")
        assert "/demo/privacy" in first
        assert "Source: " in first
        await clinic.patients.say(PAT, "is it permanent?")
        _, second = await clinic.said_to(PAT, 2)
        assert "automatic assistant" not in second
        assert clinic.graph.malformed == []
        transcript = await clinic.transcript(PAT)
        assert [one.author for one in transcript] == ["patient", "assistant"] * 2


@pytest.mark.parametrize("phone", [PAT, Phone("447700900124"), Phone(None, "US.7")])
async def test_who_hides_the_number_is_answered_too(tmp_path: Path, phone: Phone) -> None:
    async with clinic_channel(tmp_path) as clinic:
        await clinic.patients.say(phone, "when will my knee feel better?")
        [answer] = await clinic.said_to(phone, 1)
        assert "knee" in answer
