"""`candor whatsapp waiting` shows the desk who wants a person, and nothing of what was said."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.channels.whatsapp.window import now
from bot.cli import main
from bot.cli.whatsapp_waiting import lines
from bot.store.whatsapp import Pending, pending
from tests.databases import url_of
from tests.staff import person
from tests.whatsapp.clinic_channel import Clinic, clinic_channel
from tests.whatsapp.graph_faults import Fault, Kind
from tests.whatsapp.phones import Phone

pytestmark = pytest.mark.slow

PAT = Phone("447700900123", "GB.99887766", "Philippa Quill")
LEE = Phone("447700900124", None, "Lee Poe")
SUE = Phone("447700900125", None, "Sue Roe")
AT = datetime(2026, 3, 4, 12, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


def one(name: str, hours: float | None, **changes: Any) -> Pending:  # noqa: ANN401
    wrote = None if hours is None else AT - timedelta(hours=hours)
    standard: dict[str, Any] = {"holder": "waiting", "held": 0, "failed": 0, "since": AT}
    return Pending(name, wrote_at=wrote, **standard | changes)


def test_the_table_begins_with_the_nearest_end() -> None:
    found = [
        one("over", 30, holder="staff", held=2),
        one("fresh", 1),
        one("near", 23.5, holder="bot", held=1, failed=3),
        one("unknown", None, since=AT - timedelta(days=1)),
    ]
    table = list(lines(found, AT, LONDON))
    assert [line.split()[-1] for line in table[1:]] == ["near", "fresh", "unknown", "over"]
    assert table[1].split("  ")[0] == "0 h 29 min"
    assert "with the assistant, 1 held, 3 failed" in table[1]
    assert "22 h 59 min" in table[2]
    assert table[3].startswith("none")
    assert "Tue 03 Mar 12:00" in table[3]
    assert "with staff, 2 held" in table[4]


async def conversation_of(clinic: Clinic, phone: Phone) -> str:
    contact = await clinic.contact(phone)
    assert contact is not None
    return contact.conversation_id or ""


async def test_who_wants_a_person_is_found_and_nobody_else(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        for count, words in enumerate(("is it permanent?", "person"), 1):
            await clinic.patients.say(PAT, words)
            await clinic.said_to(PAT, count)
        await clinic.patients.say(LEE, "is it permanent?")
        await clinic.said_to(LEE, 1)
        clinic.graph.faults.next(Fault(Kind.CODE, 131026))
        await clinic.patients.say(SUE, "is it permanent?")
        await clinic.quiet()
        found = {each.conversation_id: each for each in await pending(clinic.store.database)}
        assert set(found) == {await conversation_of(clinic, each) for each in (PAT, SUE)}
        waits = found[await conversation_of(clinic, PAT)]
        assert (waits.holder, waits.held, waits.failed) == ("waiting", 0, 0)
        assert now() - waits.since < timedelta(minutes=1)
        failed = found[await conversation_of(clinic, SUE)]
        assert (failed.holder, failed.held, failed.failed) == ("bot", 0, 1)
        # Something that arrives makes the failure old news.
        await clinic.patients.say(SUE, "is it permanent?")
        await clinic.said_to(SUE, 1)
        await clinic.quiet(0.3)
        assert len(await pending(clinic.store.database)) == 1


async def test_what_is_held_is_counted(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        await clinic.patients.say(PAT, "is it permanent?")
        await clinic.said_to(PAT, 1)
        contact = await clinic.contact(PAT)
        assert contact is not None
        await clinic.kept.close_window(contact)
        await clinic.conversations.speak(
            contact.conversation_id or "", person("Ada"), "Hello, Pat."
        )
        await clinic.said_to(PAT, 2)
        [held] = await pending(clinic.store.database)
        assert (held.holder, held.held, held.wrote_at) == ("staff", 1, None)


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[], str]:
    monkeypatch.setenv("CANDOR_DATABASE_URL", url_of(tmp_path))

    def run() -> str:
        assert main(["whatsapp", "waiting"]) == 0
        return capsys.readouterr().out

    return run


def test_the_command_says_when_nobody_waits(command: Callable[[], str]) -> None:
    assert command() == "Nobody on WhatsApp waits for a person.\n"


async def test_the_command_shows_no_word_name_or_number(
    tmp_path: Path, command: Callable[[], str]
) -> None:
    async with clinic_channel(tmp_path) as clinic:
        await clinic.patients.say(PAT, "person")
        await clinic.said_to(PAT, 1)
        conversation = await conversation_of(clinic, PAT)
    printed = await asyncio.to_thread(command)
    assert conversation in printed
    assert "waits for a person" in printed
    for word in ("Quill", "900123", "99887766", "front desk"):
        assert word not in printed
