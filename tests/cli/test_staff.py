"""`candor staff`: a password printed once, everything else told in a line."""

import asyncio
import os
import re
from pathlib import Path

import pytest

from bot.cli import main
from bot.desk.gate import Gate
from bot.desk.signing_in import Entered, Refusal, sign_in
from bot.store.database import open_database
from bot.store.desk import DeskStore
from tests.databases import url_of
from tests.web.clinic_site import quick_passwords

PASSWORD = re.compile(r"first password:  (\S+)")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("CANDOR_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CANDOR_DATA", str(tmp_path))
    monkeypatch.setattr("bot.cli.staff.Passwords", quick_passwords)
    url_of(tmp_path)
    return tmp_path


def entered(folder: Path, login: str, password: str) -> Entered | Refusal:
    async def go() -> Entered | Refusal:
        database = await open_database(url_of(folder))
        gate = Gate(DeskStore(database), quick_passwords(), "s" * 40)
        try:
            return await sign_in(gate, login, password, "192.0.2.1", None)
        finally:
            await database.close()

    return asyncio.run(go())


def test_somebody_is_added_locked_and_helped(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["staff", "add", "Boss", "--name", "The Boss", "--role", "manager"]) == 0
    assert main(["staff", "add", "anna", "--name", "Anna Kerr"]) == 0
    boss, anna = PASSWORD.findall(capsys.readouterr().out)
    assert boss != anna
    first = entered(folder, "anna", anna)
    assert isinstance(first, Entered)
    assert first.staff.must_change
    assert main(["staff", "lock", "anna"]) == 0
    assert isinstance(entered(folder, "anna", anna), Refusal)
    assert main(["staff", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(re.match(r"anna +Anna Kerr +Front desk +off +locked", line) for line in lines)
    assert main(["staff", "unlock", "anna"]) == 0
    assert main(["staff", "reset", "ANNA", "--second-factor"]) == 0
    [again] = PASSWORD.findall(capsys.readouterr().out)
    assert isinstance(entered(folder, "anna", anna), Refusal)
    assert isinstance(entered(folder, "anna", again), Entered)
    assert main(["staff", "role", "anna", "manager"]) == 0
    assert main(["staff", "lock", "boss"]) == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["add", "boss", "--name", "Another"], "has the login boss already"),
        (["add", "no blanks", "--name", "X"], "A login is made of"),
        (["add", "-", "--name", "X"], "A login is made of"),
        (["add", "anna", "--name", "  "], "A name has between"),
        (["lock", "nobody"], "Nobody has the login nobody"),
        (["lock", "boss"], "the only manager"),
        (["role", "boss", "front_desk"], "the only manager"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["staff", "add", "boss", "--name", "Boss", "--role", "manager"])
    capsys.readouterr()
    assert main(["staff", *arguments]) == 1
    told = capsys.readouterr()
    assert words in told.err
    assert told.err.count("\n") == 1
    assert told.out == ""


def test_an_empty_list_says_how_to_begin(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["staff", "list"]) == 0
    assert "candor staff add" in capsys.readouterr().err


def test_the_check_reminds_while_there_is_no_manager(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bot.cli.check.all_problems", lambda root: [])
    monkeypatch.setattr("bot.cli.check.reminders", lambda root: [])
    assert main(["check"]) == 0
    assert "Nobody manages the front desk yet" in capsys.readouterr().err
    main(["staff", "add", "anna", "--name", "Anna"])
    main(["check"])
    assert "Nobody manages the front desk yet" in capsys.readouterr().err
    main(["staff", "role", "anna", "manager"])
    main(["check"])
    assert "Nobody manages" not in capsys.readouterr().err
