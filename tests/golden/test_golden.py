"""The words shown: the real engine is asked, and each reply is what a patient must read."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "questions.yml").read_text())

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def replies() -> dict[str, list[dict[str, Any]]]:
    """Ask everything at once, each in a conversation of its own, through the command."""
    asked = subprocess.run(
        [ROOT / ".venv/bin/candor", "ask", "--json"],
        input="\n".join(case["ask"] for case in CASES),
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=240,
        check=True,
    )
    lines = [json.loads(line) for line in asked.stdout.splitlines()]
    assert len(lines) == len(CASES)
    return {case["ask"]: line["messages"] for case, line in zip(CASES, lines, strict=True)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["ask"][:60])
def test_reply(case: dict[str, Any], replies: dict[str, list[dict[str, Any]]]) -> None:
    message = replies[case["ask"]][0]
    assert message["kind"] == (case["kind"] or message["kind"])
    assert case["says"] in message["text"]
    if "first" in case:
        assert message["citations"][0]["section"].startswith(case["first"])
    if "topic" in case:
        assert message["intent"] == case["topic"]
    assert (message["booking"] is None) or message["kind"] != "urgent"
