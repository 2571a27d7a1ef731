"""A command is the whole message; what only begins like one is a question."""

from pathlib import Path

import pytest

from bot.channels.whatsapp.commands import Command, load_commands, read_command
from bot.knowledge.problems import KnowledgeError
from tests.whatsapp.clinic_channel import commands

GOOD = "stop: [stop]\nstart: [start]\ndelete: [delete]\n"


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("STOP", "stop"),
        ("stop", "stop"),
        ("Stop.", "stop"),
        ("  sToP !!! ", "stop"),
        ("“Stop”", "stop"),
        ("*STOP*", "stop"),
        ("_stop_", "stop"),
        ("~stop~", "stop"),
        ("ＳＴＯＰ", "stop"),  # noqa: RUF001
        ("stop\n", "stop"),
        ("stop 🙏", "stop"),
        ("Please stop", "stop"),
        ("stop, please.", "stop"),
        ("Please, please stop messaging me!", "stop"),
        ("don't write to me", "stop"),
        ("Don’t write to me", "stop"),  # noqa: RUF001
        ("dont write to me", "stop"),
        ("Do not contact me.", "stop"),
        ("Opt out", "stop"),
        ("END", "stop"),
        ("Start", "start"),
        ("start again please", "start"),
        ("RESUME", "start"),
        ("DELETE MY DATA", "delete"),
        ("Delete my data, please!", "delete"),
        ("Can you delete my data?", "delete"),
        ("Please could you delete my data?", "delete"),
        ("I want my data deleted.", "delete"),
        ("forget   me", "delete"),
    ],
)
def test_commands(text: str, command: Command) -> None:
    assert read_command(commands(), text) == command


@pytest.mark.parametrize(
    "text",
    [
        "stop taking ibuprofen",
        "Should I stop taking ibuprofen before the injection?",
        "when can I stop wearing the brace",
        "stop the pain",
        "it won't stop",
        "the pain doesn't stop, please help",
        "can I delete my appointment",
        "delete my appointment",
        "please delete my booking",
        "will my data be deleted?",
        "who sees my data",
        "end stage arthritis",
        "the end",
        "when can I start running?",
        "start physio",
        "how do I start",
        "go on holiday after treatment",
        "resume sport",
        "forget about surgery",
        "I forget things, is that the treatment?",
        "remove my stitches",
        "erase the pain",
        "unsubscribed already",
        "please",
        "Please, please!",
        "?",
        "👍",
        "",
        " \n",
        "s t o p",
        "stopstop",
        "non-stop",
    ],
)
def test_near_misses(text: str) -> None:
    assert read_command(commands(), text) is None


def test_every_wording_of_the_clinic_works_as_it_is_written() -> None:
    assert len(commands()) > 50
    for words, command in commands().items():
        assert read_command(commands(), f"{words.upper()}!") == command


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("stop: [stop]\nstart: [start]\n", "`delete` must be a list"),
        (GOOD.replace("[start]", "[]"), "`start` must be a list"),
        (GOOD.replace("[start]", "start"), "`start` must be a list"),
        (GOOD + "sleep: [sleep]\n", "`sleep` is no command"),
        (GOOD.replace("[start]", "[start, Stop!]"), "stands in two lists"),
        (GOOD.replace("[start]", "[start, please]"), "“please” says nothing"),
        (GOOD.replace("[start]", '[start, "!"]'), "“!” says nothing"),
    ],
)
def test_what_is_wrong_in_the_file_is_named(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "commands.yml"
    path.write_text(text)
    with pytest.raises(KnowledgeError) as raised:
        load_commands(path)
    assert words in str(raised.value)
    assert "commands.yml" in str(raised.value)


def test_a_file_without_fault_is_read(tmp_path: Path) -> None:
    path = tmp_path / "commands.yml"
    path.write_text(GOOD)
    assert load_commands(path) == {"stop": "stop", "start": "start", "delete": "delete"}
