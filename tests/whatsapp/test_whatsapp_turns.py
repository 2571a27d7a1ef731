"""What a patient says in one go is answered once; what can't wait doesn't."""

import asyncio
import time
from pathlib import Path

import pytest

from bot.channels.whatsapp.inbox import Pace
from tests.staff import ADA
from tests.whatsapp.clinic_channel import Clinic, clinic_channel, words_of
from tests.whatsapp.graph_faults import Fault, Kind
from tests.whatsapp.graph_statuses import Accepted
from tests.whatsapp.phones import Phone

pytestmark = pytest.mark.slow

PAT = Phone("447700900123", "GB.123", "Pat Doe")
LEE = Phone("447700900124", "GB.124", "Lee Poe")
EMERGENCY = "I have a fever and my knee is hot and swollen"
PATIENT = Pace(quiet=30, most=60)
TAP = {"type": "button_reply", "button_reply": {"id": "/ask{}", "title": "Is it permanent?"}}


async def in_disorder(clinic: Clinic, *texts: str) -> None:
    """Deliver texts that were written a second apart, each by itself, the last first."""
    start = time.time() - 60
    written = [clinic.patients.write(PAT, text, start + n) for n, text in enumerate(texts)]
    for one in reversed(written):
        await clinic.patients.send(one)


async def test_a_burst_in_disorder_is_one_turn_in_the_order_of_writing(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path, pace=Pace(quiet=0.5, most=5)) as clinic:
        texts = ("hello", "it is about my mother", "she is 78", "and asks me", "is it permanent?")
        await in_disorder(clinic, *texts)
        await clinic.said_to(PAT, 1)
        await clinic.quiet()
        assert len(clinic.graph.to(PAT.number or "")) == 1
        lines = await clinic.transcript(PAT)
        assert [line.message.text for line in lines[:5]] == list(texts)
        assert [line.author for line in lines] == ["patient"] * 5 + ["assistant"]


async def test_who_writes_on_and_on_is_answered_meanwhile(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path, pace=Pace(quiet=0.3, most=0.6)) as clinic:
        for number in range(8):
            await clinic.patients.say(PAT, f"is it permanent? {number}")
            await asyncio.sleep(0.15)
        await clinic.said_to(PAT, 2)
        assert len(await clinic.transcript(PAT)) > 8


async def test_patients_do_not_wait_for_each_other(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        await clinic.patients.say(PAT, "slow")
        await clinic.patients.say(LEE, "is it permanent?")
        await clinic.said_to(LEE, 1)
        assert clinic.graph.to(PAT.number or "") == []
        clinic.assistant.pause.set()
        await clinic.said_to(PAT, 1)


@pytest.mark.parametrize("first", [None, "my knee was treated on Monday"])
async def test_an_emergency_does_not_wait_for_the_rest(tmp_path: Path, first: str | None) -> None:
    async with clinic_channel(tmp_path, pace=PATIENT) as clinic:
        if first:
            await clinic.patients.say(PAT, first)
            await asyncio.sleep(0.1)
        await clinic.patients.say(PAT, EMERGENCY)
        [urgent] = await clinic.said_to(PAT, 1, seconds=8)
        assert "infection in the joint" in urgent


async def test_an_emergency_under_a_picture_does_not_wait_either(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path, pace=PATIENT) as clinic:
        await clinic.patients.say(PAT, "look")
        await asyncio.sleep(0.1)
        picture = clinic.patients.write_item(PAT, "image", {"id": "1", "caption": EMERGENCY})
        await clinic.patients.send(picture)
        [urgent] = await clinic.said_to(PAT, 1, seconds=8)
        assert "infection in the joint" in urgent


async def test_a_tap_does_not_wait_for_the_rest(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path, pace=PATIENT) as clinic:
        await clinic.patients.send(clinic.patients.write_item(PAT, "interactive", TAP))
        await clinic.said_to(PAT, 1, seconds=8)


async def test_the_message_is_shown_as_read_and_an_answer_as_coming(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        first, last = (clinic.patients.write(PAT, words) for words in ("is it", "permanent?"))
        await clinic.patients.send(first, last)
        await clinic.said_to(PAT, 1)
        marks = [(one.message_id, one.typing) for one in clinic.graph.reads]
        assert marks == [(last.item["id"], True)]


@pytest.mark.parametrize("kind", [Kind.CODE, Kind.HANG, Kind.DROP, Kind.BARE, Kind.ACCEPT_HANG])
async def test_a_mark_that_fails_holds_nothing_up(tmp_path: Path, kind: Kind) -> None:
    async with clinic_channel(tmp_path) as clinic:
        clinic.graph.read_faults.next(Fault(kind))
        await clinic.patients.say(PAT, "is it permanent?")
        await clinic.said_to(PAT, 1, seconds=4)


@pytest.mark.parametrize("why", ["stopped", "with staff"])
async def test_no_answer_is_announced_where_none_comes(tmp_path: Path, why: str) -> None:
    async with clinic_channel(tmp_path) as clinic:
        await clinic.patients.say(PAT, "stop" if why == "stopped" else "is it permanent?")
        await clinic.said_to(PAT, 1)
        if why == "stopped":
            await clinic.patients.say(PAT, "hello?")
            await clinic.said_to(PAT, 2)
        else:
            contact = await clinic.contact(PAT)
            assert contact is not None
            await clinic.conversations.take(contact.conversation_id or "", ADA)
        clinic.graph.reads.clear()
        await clinic.patients.say(PAT, "hello again")
        await clinic.quiet()
        assert clinic.graph.reads == []
        assert "hello again" in [one.message.text for one in await clinic.transcript(PAT)]


async def test_an_emergency_overtakes_what_waits(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        clinic.graph.faults.next(*[Fault(Kind.CODE, 131056)] * 2)
        await clinic.patients.say(PAT, "is it permanent?")
        await asyncio.sleep(0.3)
        await clinic.patients.say(PAT, EMERGENCY)
        urgent, answer = (words_of(one.payload) for one in await said(clinic, 2))
        assert "infection in the joint" in urgent
        assert "Source: " in answer


async def said(clinic: Clinic, count: int) -> list[Accepted]:
    """Wait for so many messages."""
    await clinic.said_to(PAT, count, seconds=8)
    return list(clinic.graph.to(PAT.number or ""))
