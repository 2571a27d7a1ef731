"""Install one program for this project alone, under .cache/, from wheels whose hashes are known."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.runtime.steps import run_step


def install_privately(name: str, folder: Path, lock: Path, *, log: Path, hint: str) -> None:
    """Make an environment in `folder` with what the lock names; StepFailed says what to do."""
    run_step(
        f"Preparing to install {name}",
        [sys.executable, "-m", "venv", "--clear", str(folder)],
        log=log,
        hint=f"{sys.executable} cannot make one (Debian: apt install python3-venv). {hint}",
    )
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    run_step(
        f"Installing {name} for this project",
        [*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(lock)],
        log=log,
        hint=hint,
    )
