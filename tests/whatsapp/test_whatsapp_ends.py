"""What somebody is told when what they ask for is gone, and what goes along when they move."""

import time
from pathlib import Path
from typing import Any

import pytest

from tests.staff import person
from tests.whatsapp.clinic_channel import clinic_channel
from tests.whatsapp.graph_server import graph_server
from tests.whatsapp.phones import Phone

pytestmark = pytest.mark.slow

PAT = Phone("447700900123", "GB.123", "Pat Doe")
MOVED = Phone("447700900124", "GB.124", "Pat Doe")
NEWS: dict[str, Any] = {"body": "changed", "type": "user_changed_number", "wa_id": MOVED.number}


async def test_the_rest_of_a_message_that_is_gone_is_answered(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        await clinic.patients.say(PAT, "is it permanent?")
        await clinic.said_to(PAT, 1)
        tap = {"type": "button_reply", "button_reply": {"id": "rest:gone:1", "title": "x"}}
        written = clinic.patients.write_item(PAT, "interactive", tap)
        await clinic.patients.send(written)
        assert len(await clinic.said_to(PAT, 2)) == 2
        keys = [one.key for one in await clinic.transcript(PAT)]
        assert not any(str(written.item["id"]) in key for key in keys if key)


async def test_a_new_number_goes_on_with_the_conversation(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        await clinic.patients.say(PAT, "is it permanent?")
        await clinic.said_to(PAT, 1)
        await clinic.patients.send(clinic.patients.write_item(PAT, "system", NEWS))
        await clinic.quiet(0.2)
        await clinic.patients.say(MOVED, "is it permanent?")
        await clinic.said_to(MOVED, 1)
        said = [one.message.text for one in await clinic.transcript(MOVED)]
        assert said.count("is it permanent?") == 2
        assert await clinic.contact(PAT) is None


async def test_so_it_does_when_it_writes_before_the_news_comes(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        await clinic.patients.say(PAT, "is it permanent?")
        await clinic.said_to(PAT, 1)
        news = clinic.patients.write_item(PAT, "system", NEWS)
        await clinic.patients.say(MOVED, "is it permanent?")
        await clinic.said_to(MOVED, 1)
        await clinic.patients.send(news)
        await clinic.quiet(0.3)
        await clinic.patients.say(MOVED, "when will my knee feel better?")
        await clinic.said_to(MOVED, 2)
        said = [one.message.text for one in await clinic.transcript(MOVED)]
        assert said[0] == "is it permanent?"
        assert said[-2] == "when will my knee feel better?"
        assert "(has another number now)" in said
        assert clinic.graph.malformed == []


async def test_the_channel_starts_again_where_it_stopped(tmp_path: Path) -> None:
    async with graph_server() as graph:
        async with clinic_channel(tmp_path, graph=graph) as clinic:
            await clinic.patients.say(PAT, "is it permanent?")
            await clinic.said_to(PAT, 1)
        async with clinic_channel(tmp_path, graph=graph) as clinic:
            contact = await clinic.contact(PAT)
            assert contact is not None
            await clinic.conversations.speak(
                str(contact.conversation_id), person("Ada"), "Good morning."
            )
            _, second = await clinic.said_to(PAT, 2)
            assert "Good morning." in second


async def test_nobody_who_had_everything_deleted_is_asked_back(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        yesterday = time.time() - 25 * 3600
        await clinic.patients.send(clinic.patients.write(PAT, "delete my data", yesterday))
        await clinic.quiet()
        assert clinic.graph.to(str(PAT.number)) == []
        contact = await clinic.contact(PAT)
        assert contact is not None
        # The farewell waits for a message of theirs, and not for longer than a day.
        assert [one.state for one in await clinic.kept.open_deliveries(contact.id)] == ["held"]
