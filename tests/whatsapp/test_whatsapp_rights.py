"""Who we are is told, STOP stops at any time, and what is to be deleted is gone from the files."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation.retention import KeepDays
from bot.desk.rights import rights
from bot.desk.rights.rights import Rights
from tests.staff import person
from tests.whatsapp.clinic_channel import SHORT, Clinic, clinic_channel, words_of
from tests.whatsapp.clinic_words import text
from tests.whatsapp.graph_faults import Fault, Kind
from tests.whatsapp.phones import Phone

pytestmark = pytest.mark.slow

NUMBER = "447700900123"
PAT = Phone(NUMBER, "GB.99887766", "Philippa Quill")
EMERGENCY = "I have a fever and my knee is hot and swollen"
INTRO = text("whatsapp.intro")


def said(clinic: Clinic) -> list[str]:
    return [words_of(one.payload) for one in clinic.graph.to(NUMBER)]


async def conversation_of(clinic: Clinic) -> str:
    contact = await clinic.contact(PAT)
    assert contact is not None
    return contact.conversation_id or ""


def in_files(folder: Path, *words: str) -> list[str]:
    """Which of the words the database's files hold."""
    kept = b"".join(one.read_bytes() for one in folder.iterdir() if one.is_file())
    return [word for word in words if word.encode() in kept]


# The list of signs doesn't know the last; only the assistant does.
@pytest.mark.parametrize("words", [EMERGENCY, "breathe"])
async def test_an_urgent_reply_says_nothing_else_and_the_next_tells_who_we_are(
    tmp_path: Path, words: str
) -> None:
    async with clinic_channel(tmp_path) as clinic:
        await clinic.patients.say(PAT, words)
        [urgent] = await clinic.said_to(PAT, 1)
        assert urgent in (text("urgent.joint_infection"), text("urgent.clot_or_heart"))
        await clinic.quiet(0.2)
        for words_after in ("is it permanent?", "when will my knee feel better?"):
            await clinic.patients.say(PAT, words_after)
            await clinic.quiet(0.4)
        _, second, third = await clinic.said_to(PAT, 3)
        assert second.startswith(INTRO)
        assert INTRO not in third


async def test_stop_stops_whatever_comes_but_an_emergency(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        for words in ("is it permanent?", "Stop!", "hello?", "hello??", "please stop", EMERGENCY):
            await clinic.patients.say(PAT, words)
            await clinic.quiet(0.5)
        stopped, still = text("whatsapp.stopped"), text("whatsapp.still_stopped")
        assert said(clinic)[1:] == [stopped, still, text("urgent.joint_infection")]
        await clinic.patients.say(PAT, "START")
        assert (await clinic.said_to(PAT, 5))[4] == text("whatsapp.started")
        await clinic.patients.say(PAT, "is it permanent?")
        assert "Source: " in (await clinic.said_to(PAT, 6))[5]


async def test_stop_in_a_burst_stops_also_the_answer_to_it(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        burst = ("slow", "stop")
        await clinic.patients.send(*(clinic.patients.write(PAT, words) for words in burst))
        assert await clinic.said_to(PAT, 1) == [text("whatsapp.stopped")]
        clinic.assistant.pause.set()
        await clinic.quiet()
        assert said(clinic) == [text("whatsapp.stopped")]


async def test_stop_drops_what_waits_to_be_sent(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path, patience=replace(SHORT, alert_pause=30)) as clinic:
        clinic.graph.faults.next(Fault(Kind.CODE, 131056))
        await clinic.patients.say(PAT, "is it permanent?")
        await clinic.quiet(0.3)
        await clinic.patients.say(PAT, "stop")
        assert await clinic.said_to(PAT, 1, seconds=8) == [text("whatsapp.stopped")]
        await clinic.quiet(1)
        contact = await clinic.contact(PAT)
        assert contact is not None
        assert await clinic.kept.open_deliveries(contact.id) == []
        assert len(said(clinic)) == 1


@pytest.mark.parametrize(("words", "name"), [("stop", "stopped"), ("delete my data", "deleted")])
async def test_commands_are_obeyed_while_staff_hold_the_conversation(
    tmp_path: Path, words: str, name: str
) -> None:
    async with clinic_channel(tmp_path) as clinic:
        await clinic.patients.say(PAT, "is it permanent?")
        await clinic.said_to(PAT, 1)
        await clinic.conversations.speak(
            await conversation_of(clinic), person("Ada"), "Hello, Pat."
        )
        await clinic.said_to(PAT, 2)
        await clinic.patients.say(PAT, words)
        assert (await clinic.said_to(PAT, 3))[2] == text(f"whatsapp.{name}")


async def test_what_is_to_be_deleted_is_gone_from_the_files(tmp_path: Path) -> None:
    words = (
        "Zanzibar",
        "Ada Umbra",
        "always permanent",
        NUMBER,
        "GB.99887766",
        "Quill",
        "Kneeland",
    )
    async with clinic_channel(tmp_path) as clinic:
        first = clinic.patients.write(PAT, "Zanzibar: is it permanent?")
        first.item["referral"] = {"source_type": "ad", "headline": "Kneeland"}
        await clinic.patients.send(first)
        await clinic.said_to(PAT, 1)
        speaks = clinic.conversations.speak(
            await conversation_of(clinic), person("Ada Umbra"), "Hello."
        )
        await speaks
        await clinic.said_to(PAT, 2)
        assert in_files(tmp_path, *words) == list(words)
        await clinic.patients.say(PAT, "Delete my data, please")
        assert (await clinic.said_to(PAT, 3))[2] == text("whatsapp.deleted")
        await clinic.quiet()
        assert in_files(tmp_path, *words) == []
        assert await clinic.contact(PAT) is None
        # What Meta delivers again is still known.
        await clinic.patients.send(first, copies=3)
        await clinic.quiet()
        assert len(said(clinic)) == 3
        await clinic.patients.say(PAT, "is it permanent?")
        assert (await clinic.said_to(PAT, 4))[3].startswith(INTRO)
        assert len(await clinic.transcript(PAT)) == 2


async def test_an_answer_that_is_worked_on_is_deleted_too(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        await clinic.patients.say(PAT, "slow Zanzibar")
        await clinic.quiet(0.3)
        await clinic.patients.say(PAT, "delete my data")
        assert await clinic.said_to(PAT, 1) == [text("whatsapp.deleted")]
        clinic.assistant.pause.set()
        await clinic.quiet()
        assert len(said(clinic)) == 1
        assert in_files(tmp_path, "Zanzibar", NUMBER) == []


async def test_what_was_said_before_a_conversation_was_taken_along_is_deleted_too(
    tmp_path: Path,
) -> None:
    async with clinic_channel(tmp_path) as clinic:
        await clinic.patients.say(PAT, "Zanzibar: is it permanent?")
        await clinic.said_to(PAT, 1)
        website = await clinic.conversations.start("widget")
        turn = await clinic.conversations.receive(website, "Kneeland: is it permanent?")
        await clinic.conversations.finished(turn, 5)
        await clinic.patients.say(PAT, await clinic.channel.carrying.code(website))
        assert (await clinic.said_to(PAT, 2))[1] == text("whatsapp.carried")
        assert in_files(tmp_path, "Zanzibar", "Kneeland") == ["Zanzibar", "Kneeland"]
        await clinic.patients.say(PAT, "delete my data")
        await clinic.said_to(PAT, 3)
        await clinic.quiet()
        assert in_files(tmp_path, "Zanzibar", "Kneeland", NUMBER) == []


async def test_the_farewell_comes_once_though_its_command_comes_often(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        await clinic.patients.say(PAT, "is it permanent?")
        await clinic.said_to(PAT, 1)
        await clinic.patients.send(clinic.patients.write(PAT, "delete my data"), copies=5)
        await clinic.said_to(PAT, 2)
        await clinic.quiet()
        assert said(clinic)[1:] == [text("whatsapp.deleted")]


async def test_after_stop_everything_can_be_deleted(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        await clinic.patients.say(PAT, "stop")
        await clinic.said_to(PAT, 1)
        await clinic.patients.say(PAT, "delete my data")
        assert (await clinic.said_to(PAT, 2))[1] == text("whatsapp.deleted")
        await clinic.quiet()
        assert in_files(tmp_path, NUMBER, "Quill") == []


async def test_whoever_is_erased_at_the_desk_stays_erased_while_being_answered(
    tmp_path: Path,
) -> None:
    words = ("Zanzibar", "Quill", NUMBER, "GB.99887766")
    async with clinic_channel(tmp_path) as clinic:
        await clinic.patients.say(PAT, "is it permanent?")
        await clinic.said_to(PAT, 1)
        conversation = await conversation_of(clinic)
        await clinic.patients.say(PAT, "slow Zanzibar")
        await clinic.quiet(0.3)
        # One more is waited with, for the rest of what is said in one go.
        await clinic.patients.say(PAT, "Zanzibar again")
        assert in_files(tmp_path, *words) == list(words)
        ours = Rights(
            clinic.store.database,
            "s" * 40,
            "GB",
            KeepDays(30),
            conversations=clinic.conversations,
            let_go=lambda one: clinic.channel.contacts.pop(one, None),
        )
        [found] = await rights.find(ours, None, "number", "07700 900123")
        assert await rights.erase_all(ours, None, found.record.id) is not None
        clinic.assistant.pause.set()
        await clinic.quiet()
        assert len(said(clinic)) == 1, "nothing is sent any more"
        assert in_files(tmp_path, *words) == []
        assert conversation not in clinic.channel.contacts
        # Whoever writes again is somebody new.
        await clinic.patients.say(PAT, "is it permanent?")
        assert (await clinic.said_to(PAT, 2))[1].startswith(INTRO)
        assert await conversation_of(clinic) != conversation
