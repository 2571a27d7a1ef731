"""`candor patient`: the console's use cases for when the console is down."""

import asyncio
import json
import os
from pathlib import Path

import pytest

from bot.cli import main
from bot.conversation.references import reference_of
from bot.store import open_store
from tests.databases import said, url_of
from tests.store.marked_people import in_files


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("CANDOR_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CANDOR_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture
def reference(folder: Path) -> str:
    async def fill() -> str:
        store = await open_store(url_of(folder))
        conversation = await store.start("widget")
        await store.keep(conversation, said("Zanzibar"))
        await store.close()
        return conversation

    return reference_of(asyncio.run(fill()))


def typing(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    answers = iter(lines)
    monkeypatch.setattr("builtins.input", lambda _: next(answers))


def test_a_patient_is_found_exported_and_erased(
    folder: Path,
    reference: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    typing(monkeypatch, reference.lower(), "no", reference)
    assert main(["patient", "find", "reference"]) == 0
    told = capsys.readouterr().out
    assert told.startswith(f"{reference}:\n  Website, messages: 1, last: ")
    assert "Zanzibar" not in told
    assert main(["patient", "export", reference]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["conversations"][0]["messages"][0]["text"] == "Zanzibar"
    assert [one["what"] for one in data["looked_at"]] == [
        "Found a patient's data",
        "Handed over a patient's data",
    ]
    assert main(["patient", "erase", reference]) == 1
    assert "Nothing was erased." in capsys.readouterr().err
    assert main(["patient", "erase", reference]) == 0
    assert f"{reference} is erased" in capsys.readouterr().out
    assert in_files(folder, ["Zanzibar"]) == []
    assert main(["patient", "erase", reference, "--yes"]) == 1
    assert f"Nothing is kept under {reference}" in capsys.readouterr().err
    assert main(["erased", "apply"]) == 0
    assert capsys.readouterr().out == "Nobody was back who had been erased.\n"


@pytest.mark.parametrize(
    ("arguments", "typed", "words"),
    [
        (["find", "number"], "twelve", "That is not a telephone number."),
        (["find", "link"], "", "Type a telephone number"),
        (["export", "nobody"], "", "That is not a reference."),
        (["erase", "7K3Q-9FMD"], "", "Nothing is kept under 7K3Q-9FMD."),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(
    arguments: list[str],
    typed: str,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    folder: Path,
) -> None:
    url_of(folder)
    typing(monkeypatch, typed)
    assert main(["patient", *arguments]) == 1
    told = capsys.readouterr()
    assert words in told.err
    assert told.err.count("\n") == 1
