"""A conversation that was begun on the website goes on in WhatsApp, for one person, once."""

import asyncio
import logging
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.channels.whatsapp.carrying import carry_text
from bot.runtime.texts import fixed_texts
from tests.staff import person
from tests.web.clinic_site import site_settings
from tests.whatsapp.clinic_channel import PUBLIC, Clinic, clinic_channel
from tests.whatsapp.phones import Phone
from tests.whatsapp.website import Visitor, visitor

pytestmark = pytest.mark.slow

PAT = Phone("447700900123", "GB.123", "Pat Doe")
SAM = Phone("447700900124", "GB.124", "Sam Roe")
GONE_ON = "we can go on here with the conversation from our website."
NOT_GOOD = "That code doesn't work any more."


def message(code: str) -> str:
    """What the link has ready to be sent."""
    words = fixed_texts(site_settings(PUBLIC))["whatsapp.carry"].text
    return carry_text(words, code)


async def carried(clinic: Clinic, widget: Visitor, phone: Phone = PAT) -> None:
    """Ask on the website, then go on in WhatsApp."""
    await widget.ask("is it permanent?")
    await clinic.patients.say(phone, message(await widget.code()))
    await clinic.said_to(phone, 1)


def age(clinic: Clinic, minutes: int) -> None:
    """Let every code be so old."""
    made = f"datetime('now', '-{minutes} minutes')"
    with clinic.store.database.writer.begin() as connection:
        connection.execute(text(f"UPDATE whatsapp_carries SET made_at = {made}"))  # noqa: S608


async def test_it_goes_on_with_its_transcript_and_what_it_is_about(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic, visitor(clinic) as widget:
        await carried(clinic, widget)
        [first] = await clinic.said_to(PAT, 1)
        assert first.startswith("I am the automatic assistant of Aldermere Joint Clinic")
        assert GONE_ON in first
        before = clinic.assistant.conversations.copy()
        await clinic.patients.say(PAT, "and my knee?")
        _, second = await clinic.said_to(PAT, 2)
        assert "knee" in second
        # The assistant was asked in the same conversation, so with what it knows of it.
        assert clinic.assistant.conversations == before
        shown = await widget.lines()
        assert shown == [one.message.text for one in await clinic.transcript(PAT)]
        assert shown[0] == "is it permanent?"
        assert "(a code from our website)" in shown
        assert shown[-2] == "and my knee?"


async def test_each_is_answered_where_they_write_and_both_can_be_read_on_the_website(
    tmp_path: Path,
) -> None:
    async with clinic_channel(tmp_path) as clinic, visitor(clinic) as widget:
        await carried(clinic, widget)
        await widget.ask("when will my knee feel better?")
        await clinic.quiet()
        assert len(await clinic.said_to(PAT, 1)) == 1
        await clinic.patients.say(PAT, "is it permanent?")
        sent = await clinic.said_to(PAT, 2)
        assert len(sent) == 2
        assert "permanent" in sent[1]
        lines = await widget.lines()
        assert lines.count("is it permanent?") == 2
        assert lines.count("when will my knee feel better?") == 1
        [conversation] = clinic.assistant.conversations
        await clinic.conversations.speak(conversation, person("Mara Lind"), "Good morning.")
        assert "Good morning." in (await clinic.said_to(PAT, 3))[2]
        assert (await widget.lines())[-1] == "Good morning."


async def test_a_code_is_good_once_for_whoever_sends_it_first(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic, visitor(clinic) as widget:
        await widget.ask("is it permanent?")
        code = await widget.code()
        await clinic.patients.say(PAT, message(code))
        await clinic.said_to(PAT, 1)
        for tries in (1, 2):
            await clinic.patients.say(SAM, message(code))
            assert NOT_GOOD in (await clinic.said_to(SAM, tries))[-1]
        assert "is it permanent?" not in [one.message.text for one in await clinic.transcript(SAM)]
        # Nor does a new code give it to a second person while the first has it.
        await clinic.patients.say(SAM, message(await widget.code()))
        await clinic.patients.say(SAM, message(code))
        assert all(NOT_GOOD in one for one in await clinic.said_to(SAM, 4))
        # Whoever has it may say a code of it again.
        await clinic.patients.say(PAT, message(code))
        await clinic.patients.say(PAT, message(await widget.code()))
        assert all(GONE_ON in one for one in await clinic.said_to(PAT, 3))


@pytest.mark.parametrize(("minutes", "words"), [(59, GONE_ON), (61, NOT_GOOD)])
async def test_a_code_is_good_for_an_hour(tmp_path: Path, minutes: int, words: str) -> None:
    async with clinic_channel(tmp_path) as clinic, visitor(clinic) as widget:
        await widget.ask("is it permanent?")
        code = await widget.code()
        age(clinic, minutes)
        await clinic.patients.say(PAT, message(code))
        assert words in (await clinic.said_to(PAT, 1))[0]


@pytest.mark.parametrize("wish", ["ABCD-EFGH-JKMN-PQRS", "it is abcd-efgh-jkmn-pqrs, please"])
async def test_an_unknown_code_is_told_politely(tmp_path: Path, wish: str) -> None:
    async with clinic_channel(tmp_path) as clinic:
        await clinic.patients.say(PAT, wish)
        [reply] = await clinic.said_to(PAT, 1)
        assert NOT_GOOD in reply
        assert "You can take a new one on our website" in reply


@pytest.mark.parametrize("written", ["{code}", "{code}.", "  {low}", "I'd like on: {code}"])
async def test_a_code_may_be_typed_by_hand(tmp_path: Path, written: str) -> None:
    async with clinic_channel(tmp_path) as clinic, visitor(clinic) as widget:
        await widget.ask("is it permanent?")
        code = await widget.code()
        await clinic.patients.say(PAT, written.format(code=code, low=code.lower()))
        assert GONE_ON in (await clinic.said_to(PAT, 1))[0]
        assert code not in "".join(await widget.lines())


@pytest.mark.parametrize(
    ("question", "words"),
    [("And is it permanent?", "it isn't always permanent"), ("I can't breathe", "999")],
)
async def test_what_stands_beside_a_code_is_answered(
    tmp_path: Path, question: str, words: str
) -> None:
    async with clinic_channel(tmp_path) as clinic, visitor(clinic) as widget:
        await widget.ask("when will my knee feel better?")
        await clinic.patients.say(PAT, f"{message(await widget.code())}\n{question}")
        [reply] = await clinic.said_to(PAT, 1)
        assert words in reply
        assert f"(a code from our website) {question}" in await widget.lines()


async def test_who_wrote_there_before_leaves_that_and_no_reply_is_left_out(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic, visitor(clinic) as widget:
        await clinic.patients.say(PAT, "slow: is it permanent?")
        async with asyncio.timeout(5):
            while not clinic.assistant.conversations:
                await clinic.quiet(0.01)
        [before] = clinic.assistant.conversations
        await widget.ask("when will my knee feel better?")
        await clinic.patients.say(PAT, message(await widget.code()))
        await clinic.quiet(0.3)
        clinic.assistant.pause.set()
        first, second = await clinic.said_to(PAT, 2)
        assert "permanent" in first
        assert GONE_ON in second
        assert "when will my knee feel better?" in [
            one.message.text for one in await clinic.transcript(PAT)
        ]
        # It was another conversation, and the visitor of the website doesn't get to see it.
        assert len(await clinic.conversations.transcript(before)) == 2
        assert not any("slow" in line for line in await widget.lines())


async def test_who_waits_for_a_person_goes_on_waiting(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic, visitor(clinic) as widget:
        await clinic.patients.say(PAT, "is it permanent?")
        await clinic.said_to(PAT, 1)
        [before] = clinic.assistant.conversations
        await clinic.conversations.wait(before, "asked")
        await widget.ask("is it permanent?")
        await clinic.patients.say(PAT, message(await widget.code()))
        await clinic.said_to(PAT, 2)
        contact = await clinic.contact(PAT)
        assert contact is not None
        assert contact.conversation_id not in (None, before)
        state = await clinic.conversations.state(contact.conversation_id or "")
        assert (state.channel, state.holder) == ("whatsapp", "waiting")
        assert (await clinic.conversations.state(before)).holder == "bot"


async def test_deleting_on_the_website_deletes_for_both(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic, visitor(clinic) as widget:
        await carried(clinic, widget)
        await widget.delete()
        assert count(clinic, "messages") == 0
        await clinic.patients.say(PAT, "is it permanent?")
        _, answer = await clinic.said_to(PAT, 2)
        assert "permanent" in answer
        assert len(await clinic.transcript(PAT)) == 2
        assert await widget.lines() == []


@pytest.mark.parametrize("leave", [False, True])
async def test_deleting_in_whatsapp_deletes_for_both_and_what_was_before(
    tmp_path: Path, leave: bool
) -> None:
    async with clinic_channel(tmp_path) as clinic, visitor(clinic) as widget:
        await clinic.patients.say(PAT, "is it permanent?")
        await clinic.said_to(PAT, 1)
        await widget.ask("when will my knee feel better?")
        await clinic.patients.say(PAT, message(await widget.code()))
        await clinic.said_to(PAT, 2)
        if leave:
            await widget.delete()
            await clinic.quiet(0.1)
        assert count(clinic, "conversations") == (1 if leave else 2)
        await clinic.patients.say(PAT, "delete my data")
        await clinic.said_to(PAT, 3)
        await clinic.quiet(0.2)
        assert await widget.lines() == []
        tables = ("conversations", "messages", "whatsapp_carries", "whatsapp_contacts")
        assert {name: count(clinic, name) for name in tables} == dict.fromkeys(tables, 0)


async def test_who_wrote_stop_is_only_reminded_of_it(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic, visitor(clinic) as widget:
        await clinic.patients.say(PAT, "stop")
        await clinic.said_to(PAT, 1)
        await widget.ask("is it permanent?")
        await clinic.patients.say(PAT, message(await widget.code()))
        assert "You asked me to stop" in (await clinic.said_to(PAT, 2))[1]
        await clinic.patients.say(PAT, "start")
        await clinic.said_to(PAT, 3)
        assert "is it permanent?" in [one.message.text for one in await clinic.transcript(PAT)]


async def test_no_log_and_no_table_has_a_code(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with clinic_channel(tmp_path) as clinic, visitor(clinic) as widget:
        await widget.ask("is it permanent?")
        good, wrong = await widget.code(), "ABCD-EFGH-JKMN-PQRS"
        for code in (good, wrong):
            await clinic.patients.say(PAT, message(code))
        await clinic.said_to(PAT, 2)
        await clinic.quiet(0.2)
        with clinic.store.database.reader.connect() as connection:
            kept = "".join(connection.connection.driver_connection.iterdump())  # type: ignore[union-attr]
        for code in (good, wrong):
            assert code not in caplog.text
            assert code not in kept


def count(clinic: Clinic, table: str) -> int:
    with clinic.store.database.reader.connect() as connection:
        found = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608
    return int(found)
