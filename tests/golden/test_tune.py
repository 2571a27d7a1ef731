"""`candor tune` reads real questions with the gates open and shut, and tells its numbers."""

from pathlib import Path

import pytest

from bot.cli import main

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


def test_the_numbers_are_told_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gates = (ROOT / "data/gates.yml").read_text()
    lines = (ROOT / "tests/evaluation/check.jsonl").read_text().splitlines()[::6]
    some = tmp_path / "some.jsonl"
    some.write_text("\n".join(lines))
    assert main(["tune", str(some)]) == 0
    told = capsys.readouterr().out
    assert f"{len(lines)} questions" in told
    for name in ("chance alone", "all three", "margin", "bias", "ordinary", "strict"):
        assert name in told
    assert (ROOT / "data/gates.yml").read_text() == gates
