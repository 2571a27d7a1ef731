"""The console script: exit codes, one clear line, nothing on standard output but results."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import main
from bot.cli.chat import chosen
from bot.cli.show import shown
from bot.conversation.message import Booking, Citation, Message, Suggestion
from bot.settings import VARIABLES

ROOT = Path(__file__).resolve().parents[2]


def candor(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env=os.environ | environ,
        capture_output=True,
        text=True,
        timeout=60,
        input="",
    )


def test_settings_lists_every_variable_and_hides_secrets(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANDOR_PORT", "8081")
    monkeypatch.setenv("CANDOR_SECRET", "do not show this to anybody here")
    assert main(["settings"]) == 0
    table = capsys.readouterr().out
    assert all(entry.name in table for entry in VARIABLES)
    assert "8081" in table
    assert "do not show" not in table


@pytest.mark.parametrize("command", ["serve", "ask", "chat", "evaluate", "train", "check"])
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([command, "--help"])
    assert caught.value.code == 0
    assert f"usage: candor {command}" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["answer"], ["ask"], ["ask", "--json", "a question"]])
def test_called_wrongly_gives_code_2(arguments: list[str]) -> None:
    try:
        code = main(arguments)
    except SystemExit as error:
        code = int(error.code or 0)
    assert code == 2


@pytest.mark.slow
def test_a_wrong_setting_stops_with_one_line() -> None:
    done = candor("serve", CANDOR_PORT="eighty")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == "candor: CANDOR_PORT must be a port, a number from 1 to 65535\n"


def test_a_reader_that_goes_away_is_no_fault() -> None:
    command = f"{sys.executable} -m bot settings | true"
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, timeout=60)  # noqa: S602
    assert done.stderr == b""


MESSAGE = Message(
    id="m",
    kind="answer",
    text="Results last for years.\n\nSource: Does it last?",
    citations=(Citation("permanence", "permanence#a", "A", "Results last.", "http://x/learn#a"),)
    * 2,
    suggestions=(Suggestion("Is it safe?", "ask:is_it_safe"), Suggestion("Why?", "ask:why")),
    booking=Booking("Book", "http://x/book/1"),
)


def test_a_message_is_shown_whole_with_each_source_once() -> None:
    text = shown([MESSAGE])
    assert text.startswith("Results last for years.\n\nSource: Does it last?")
    assert text.count("http://x/learn#a") == 1
    assert "Book: http://x/book/1" in text
    assert "  2. Why?" in text


def test_a_number_chooses_an_offered_question() -> None:
    assert chosen(" 2 ", [MESSAGE]) == "ask:why"
    assert chosen("3", [MESSAGE]) == "3"
    assert chosen("0", [MESSAGE]) == "0"
    assert chosen("²", [MESSAGE]) == "²"
    assert chosen("why", [MESSAGE]) == "why"
