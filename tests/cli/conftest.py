"""`candor whatsapp check`, run with everything set and a Graph to ask."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli import main
from tests.cli.small_graph import ACCOUNT, NUMBER, SECRET, TOKEN, VERIFY, Meta, serving


class Check:
    """Runs the command with everything set, and keeps what it printed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._patch, self._capsys = monkeypatch, capsys

    def __call__(self, url: str, *arguments: str, **changes: str | None) -> tuple[int, list[str]]:
        whatsapp = {
            "TOKEN": TOKEN,
            "APP_SECRET": SECRET,
            "VERIFY_TOKEN": VERIFY,
            "NUMBER_ID": NUMBER,
            "ACCOUNT_ID": ACCOUNT,
            "GRAPH_URL": url,
            "TEMPLATE": "answer_ready/en_GB",
        }
        values: dict[str, str | None] = {f"WHATSAPP_{name}": to for name, to in whatsapp.items()}
        for name, text in (values | {"PUBLIC_URL": "https://ask.clinic.example"} | changes).items():
            if text is not None:
                self._patch.setenv(f"CANDOR_{name}", text)
        code = main(["whatsapp", "check", *arguments])
        printed = self._capsys.readouterr()
        for secret in (TOKEN, SECRET, VERIFY):
            assert secret not in printed.out + printed.err
        return code, printed.out.splitlines()


@pytest.fixture
def check(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Check:
    for name in [name for name in os.environ if name.startswith("CANDOR_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CANDOR_DATA", str(tmp_path))
    return Check(monkeypatch, capsys)


@pytest.fixture
def meta() -> Iterator[Meta]:
    with serving() as served:
        yield served


def states(lines: list[str], state: str) -> list[str]:
    return [line for line in lines if line.split(" ", 1)[0] == state]
