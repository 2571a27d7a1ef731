"""Renew the locks, every package with its hashes, from what the pyproject files ask for."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.runtime.steps import StepFailed, run_step, say
from scripts.setup.uv import clean_environment, find_uv

ROOT = Path(__file__).resolve().parents[1]
COMMON = ("pip", "compile", "--universal", "--generate-hashes", "--upgrade", "--no-emit-index-url")
WANTED = {
    "requirements.lock": (
        "--python-version",
        "3.12",
        "--override",
        "overrides.txt",
        "--group",
        "dev",
        "pyproject.toml",
    ),
    "engine/requirements.lock": (
        "--python-version",
        "3.10",
        "--override",
        "engine/overrides.txt",
        "engine/pyproject.toml",
    ),
    "adapting/requirements.lock": (
        "--python-version",
        "3.12",
        "--override",
        "adapting/overrides.txt",
        "adapting/pyproject.toml",
    ),
    "bench/requirements.lock": ("--python-version", "3.10", "bench/pyproject.toml"),
}


def main() -> int:
    """Return 0 when the locks are written, 1 with a clear line otherwise."""
    try:
        uv = find_uv(ROOT)
        for lock, options in WANTED.items():
            run_step(
                f"Writing {lock}",
                [uv, *COMMON, *options, "--output-file", lock],
                log=ROOT / ".cache" / "logs" / "lock.log",
                hint="See that the package index is reachable and run this again.",
                cwd=ROOT,
                environment={**clean_environment(), "UV_CUSTOM_COMPILE_COMMAND": "make lock"},
            )
    except StepFailed as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
