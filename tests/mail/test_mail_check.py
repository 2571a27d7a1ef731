"""`candor mail check`: one line, whether it works or not; and the console's notice."""

import asyncio
import shutil
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import yaml
from aiohttp.test_utils import TestClient
from pytest_aiohttp import AiohttpClient

from bot.cli import mail as mail_command
from bot.cli import main
from bot.conversation import Message
from bot.conversation.message import new_id
from bot.store.desk import mails
from bot.store.desk.mail_occasions import Calendar, decide
from tests.databases import at_once, said
from tests.desk.desk_client import add, signed_in
from tests.mail.post_office import post_office
from tests.web.clinic_site import ROOT, clinic_site


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    entries = yaml.safe_load((ROOT / "clinic.yml").read_text())
    entries["desk_email"] = "desk@clinic.example"
    (tmp_path / "clinic.yml").write_text(yaml.safe_dump(entries))
    (tmp_path / "data").mkdir()
    shutil.copy(ROOT / "data" / "texts.yml", tmp_path / "data")
    monkeypatch.setattr(mail_command, "project_root", lambda: tmp_path)
    return tmp_path


async def test_a_test_e_mail_is_sent(
    clinic: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with post_office() as office:
        url = f"smtp://127.0.0.1:{office.port}?tls=no"
        monkeypatch.setenv("CANDOR_SMTP_URL", url)
        assert await asyncio.to_thread(main, ["mail", "check"]) == 0
        assert "took the test e-mail for desk@clinic.example" in capsys.readouterr().out
        office.refused = "550 no"
        assert await asyncio.to_thread(main, ["mail", "check"]) == 1
    assert [message["To"] for message in office.taken] == ["desk@clinic.example"]
    words = capsys.readouterr().err
    assert "was not sent" in words
    assert "desk_email (550)" in words


def test_what_is_missing_is_named(clinic: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mail", "check"]) == 1
    assert "set CANDOR_SMTP_URL; see docs/operations.md" in capsys.readouterr().err


async def test_the_console_says_when_e_mail_does_not_get_through(
    tmp_path: Path, aiohttp_client: AiohttpClient
) -> None:
    async with clinic_site(tmp_path, "http://clinic.test") as site:
        client: TestClient = await aiohttp_client(site.app)
        await add(site.gate, "anna")
        browser = await signed_in(client, "anna")
        assert "reaching the desk" not in await (await browser.get("/desk")).text()
        conversation = await site.conversations.start("widget")
        urgent = Message(new_id(), "urgent", "Ring 999.")
        await site.store.keep(conversation, said("help"), settle=at_once(urgent))
        closed = Calendar(lambda since, until: timedelta(), lambda now: None)
        database, now = site.store.database, datetime.now(UTC) + timedelta(seconds=1)
        ask = partial(decide, calendar=closed, patience=timedelta(), now=now)
        assert await database.write(ask) == 1
        [mail] = await mails.due(database, now)
        late = now + timedelta(days=1)
        fail = partial(mails.not_sent, mail=mail, problem="mail.x:465 hung up", now=late)
        assert await database.write(fail)
        shown = await (await browser.get("/desk")).text()
        assert "E-mail to the desk was given up: mail.x:465 hung up" in shown
