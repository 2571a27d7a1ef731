"""Rasa's own test of conversations: full intents and the actions that follow from them."""

import subprocess
from pathlib import Path

import pytest

from bot.runtime.paths import Paths
from bot.runtime.rasa import rasa_command, rasa_environment

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_every_story_goes_as_written() -> None:
    out = ROOT / "build" / "stories"
    failures = out / "failed_test_stories.yml"
    failures.unlink(missing_ok=True)
    # Without --fail-on-prediction-errors, which ends at the first error and doesn't name it.
    what = ("--e2e", "--stories", "tests/stories")
    where = ("--model", str(Paths(ROOT).model), "--out", str(out), "--no-plot")
    done = subprocess.run(
        rasa_command(Paths(ROOT), "test", "core", *what, *where),
        cwd=ROOT,
        env=rasa_environment(),
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert failures.read_text().startswith("# None of the test stories failed"), (
        failures.read_text()
    )
