"""A long step says what it does, and when it fails, why and what to do."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.runtime.steps import StepFailed, run_step


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_good_step_is_told_and_logged(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run_step("Counting", python("print('one')"), log=tmp_path / "logs" / "a.log", hint="")
    out, err = capfd.readouterr()
    assert out == ""
    assert re.search(r"Counting: done in \d+ s", err)
    assert (tmp_path / "logs" / "a.log").read_text() == "one\n"


def test_a_failure_gives_the_error_and_the_hint_without_the_traceback(tmp_path: Path) -> None:
    code = "print('much'); raise ValueError('no intent `greet`')"
    with pytest.raises(StepFailed) as caught:
        run_step("Training", python(code), log=tmp_path / "a.log", hint="Mend it.")
    text = str(caught.value)
    assert "ValueError: no intent `greet`" in text
    assert "Mend it." in text
    assert "Traceback" not in text


def test_a_coloured_error_is_found_among_later_lines(tmp_path: Path) -> None:
    said = r"'\x1b[91mLexiconError: a.yml, line 3\x1b[0m\n' + 'bye\n' * 20"
    code = f"print({said}); raise SystemExit(1)"
    with pytest.raises(StepFailed, match=r"failed\.\n    LexiconError: a\.yml, line 3\n"):
        run_step("Training", python(code), log=tmp_path / "a.log", hint="Mend it.")


def test_a_failure_that_names_no_error_gives_the_last_lines(tmp_path: Path) -> None:
    code = "import sys; print('the disk is full'); sys.exit(3)"
    with pytest.raises(StepFailed, match="the disk is full"):
        run_step("Copying", python(code), log=tmp_path / "a.log", hint="")


def test_a_program_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(StepFailed, match="nothing-here cannot be run"):
        run_step("Trying", ["/nothing-here"], log=tmp_path / "a.log", hint="Install it.")


def test_an_interrupted_step_ends_its_program(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from bot.runtime.steps import run_step;"
        "run_step('Sleeping', ['sh', '-c', 'echo $$; exec sleep 60'],"
        "log=Path(sys.argv[1]), hint='')"
    )
    log = tmp_path / "a.log"
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(log)], stderr=subprocess.PIPE, start_new_session=True
    )
    child = int(_first_line(log))
    parent.send_signal(signal.SIGINT)
    parent.communicate(timeout=10)
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def _first_line(path: Path) -> str:
    for _ in range(200):
        if path.exists() and path.read_text().endswith("\n"):
            return path.read_text()
        time.sleep(0.02)
    raise AssertionError("the program did not start")
