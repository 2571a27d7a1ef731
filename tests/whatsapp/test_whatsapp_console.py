"""A conversation on WhatsApp in the console: how far words came, and where none may be sent."""

from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest

from bot.channels.whatsapp.window import now
from tests.desk.desk_client import Browser
from tests.whatsapp.clinic_channel import Clinic
from tests.whatsapp.test_whatsapp_from_desk import PAT, at_desk, sent

pytestmark = pytest.mark.slow

SHUT = "WhatsApp would drop what you write now"


async def path_of(clinic: Clinic) -> str:
    contact = await clinic.contact(PAT)
    assert contact is not None
    return f"/desk/conversations/{contact.conversation_id}"


async def page_of(anna: Browser, path: str) -> str:
    return unescape(await (await anna.get(path)).text())


async def shut_window(clinic: Clinic) -> None:
    """Let a day pass since the patient wrote."""
    contact = await clinic.contact(PAT)
    assert contact is not None
    await clinic.kept.change(contact.id, wrote_at=now() - timedelta(hours=25))
    clinic.graph.limits.wrote.clear()


async def test_what_staff_write_arrives_and_its_ticks_are_seen(tmp_path: Path) -> None:
    async with at_desk(tmp_path) as (clinic, anna):
        await clinic.patients.say(PAT, "is it permanent?")
        await clinic.said_to(PAT, 1)
        path = await path_of(clinic)
        await clinic.conversations.wait(path.rpartition("/")[2], "asked")
        inbox = await page_of(anna, "/desk")
        assert "Pat Doe" in inbox
        assert "23 h left" in inbox
        answer = await anna.fill(path, f"{path}/reply", text="Good morning, Pat.", key="desk:1")
        assert answer.status == 303
        assert (await clinic.said_to(PAT, 2))[1] == "*Anna*\nGood morning, Pat."
        await clinic.quiet()
        assert '<span class="tick" id="tick-3">Read</span>' in await page_of(anna, path)


async def test_where_whatsapp_would_drop_a_reply_it_is_refused_and_kept(tmp_path: Path) -> None:
    async with at_desk(tmp_path) as (clinic, anna):
        await clinic.patients.say(PAT, "is it permanent?")
        await clinic.said_to(PAT, 1)
        path = await path_of(clinic)
        await shut_window(clinic)
        assert SHUT in await page_of(anna, path)
        answer = await anna.fill(path, f"{path}/reply", text="Good morning, Pat.", key="desk:1")
        page = unescape(await answer.text())
        assert answer.status == 422
        assert SHUT in page
        assert "Good morning, Pat." in page
        # Asked twice within the hour, they are asked once.
        for status in (303, 409):
            assert (await anna.fill(path, f"{path}/ask-to-write")).status == status
        await clinic.said_to(PAT, 2)
        await clinic.quiet()
        assert sent(clinic)[1:] == ["template answer_ready"]
        await clinic.patients.say(PAT, "Yes?")
        await clinic.said_to(PAT, 3)
        assert SHUT not in await page_of(anna, path)


async def test_whoever_wrote_stop_is_written_to_no_more(tmp_path: Path) -> None:
    async with at_desk(tmp_path) as (clinic, anna):
        for number, words in enumerate(("is it permanent?", "STOP"), start=1):
            await clinic.patients.say(PAT, words)
            await clinic.said_to(PAT, number)
        path = await path_of(clinic)
        assert "The patient wrote STOP" in await page_of(anna, path)
        for what in ("reply", "booking", "details"):
            answer = await anna.fill(path, f"{path}/{what}", text="Hello.", key="desk:1")
            assert answer.status in (409, 422)
        await clinic.quiet(0.2)
        assert len(sent(clinic)) == 2
