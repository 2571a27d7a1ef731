"""One long step at a time: what it is, how long it has taken, and what to do when it fails.

The set-up uses this before an environment exists, so it keeps to Python 3.8 and its library.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

LINE_EVERY = 15.0
LAST_LINES = 12
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# The last line of a Python traceback.
ERROR = re.compile(r"[\w.]*(Error|Exception|Exit|Interrupt): \S")


class StepFailed(Exception):
    """A step's command failed; the text says which, what it said last and what to do."""


def say(text: str) -> None:
    """Print a line for the person who waits, on standard error."""
    print(text, file=sys.stderr, flush=True)


def run_step(
    title: str,
    command: Sequence[str],
    *,
    log: Path,
    hint: str,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> None:
    """Run a command with its output kept in a log; StepFailed with the log's end if it fails."""
    log.parent.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    with log.open("wb") as output:
        try:
            process = subprocess.Popen(  # noqa: S603
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=cwd,
                env=environment,
            )
        except OSError as error:
            problem = f"{command[0]} cannot be run ({error.strerror})"
            raise StepFailed(f"{title}: {problem}. {hint}") from None
        try:
            _wait(process, title, began)
        finally:
            _end(process)
    if process.returncode:
        raise StepFailed(f"{title}: failed.\n{reason(log)}\n{hint} The whole log: {log}")


def _wait(process: subprocess.Popen[bytes], title: str, began: float) -> None:
    live = sys.stderr.isatty()
    pause = 0.5 if live else LINE_EVERY
    show = _redraw if live else say
    show(f"  {title} ...")
    while True:
        try:
            process.wait(pause)
            break
        except subprocess.TimeoutExpired:
            show(f"  {title} ... {time.monotonic() - began:.0f} s")
    outcome = "failed" if process.returncode else "done"
    show(f"  {title}: {outcome} in {time.monotonic() - began:.0f} s")
    if live:
        say("")


def _redraw(line: str) -> None:
    print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def reason(log: Path) -> str:
    """Return the error that a log names last or, when it names none, its last lines."""
    text = COLOUR.sub("", log.read_text(encoding="utf-8", errors="replace"))
    lines = text.rstrip().splitlines()
    errors = [line for line in lines if ERROR.match(line)]
    if errors:
        return f"    {errors[-1].strip()[:500]}"
    return "\n".join(f"    {line[:300]}" for line in lines[-LAST_LINES:])
