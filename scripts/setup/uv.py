"""Find uv, which installs both environments, or install it for this project alone."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from bot.runtime.steps import StepFailed
from scripts.setup.private import install_privately

OLDEST = (0, 5)
HINT = (
    "uv is needed to install the environments: see that the package index is reachable, or "
    "install uv yourself (https://docs.astral.sh/uv/) and run this again."
)


def find_uv(root: Path) -> str:
    """Return a uv that runs, installed under .cache/ if there is none; StepFailed if not."""
    private = root / ".cache" / "uv"
    for candidate in (shutil.which("uv"), private / "bin" / "uv"):
        if candidate and _runs(str(candidate)):
            return str(candidate)
    log = root / ".cache" / "logs" / "uv.log"
    lock = Path(__file__).with_name("uv.txt")
    install_privately("uv", private, lock, log=log, hint=HINT)
    uv = str(private / "bin" / "uv")
    if not _runs(uv):
        raise StepFailed(f"Installing uv: {uv} doesn't run. {HINT}")
    return uv


def _runs(uv: str) -> bool:
    try:
        done = subprocess.run([uv, "--version"], capture_output=True, timeout=30)  # noqa: S603
        version = done.stdout.decode().split()[1].split(".")
        return done.returncode == 0 and (int(version[0]), int(version[1])) >= OLDEST
    except (OSError, subprocess.TimeoutExpired, IndexError, ValueError):
        return False


def clean_environment() -> dict[str, str]:
    """Return our environment without what would let one environment see another's packages."""
    # A machine behind its own proxy trusts what its system trusts, as pip does.
    trust = {"UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1"}
    hidden = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT")
    kept = {name: text for name, text in os.environ.items() if name not in hidden}
    return {**trust, **kept}
