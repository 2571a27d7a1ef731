"""Find a Python of a wanted version on this machine, or let uv fetch one."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

# A Python built without one of these cannot run the application or the engine.
PROBE = "import sys, ctypes, sqlite3, ssl, zlib; print('%d.%d' % sys.version_info[:2])"


def find_python(wanted: Sequence[str], environ: Mapping[str, str]) -> str | None:
    """Return the path of a working Python of the first version that is there, such as 3.12."""
    for version in wanted:
        for candidate in candidates(version, environ):
            if version_of(candidate) == version:
                return str(candidate)
    return None


def candidates(version: str, environ: Mapping[str, str]) -> Iterator[Path]:
    """Yield where such a Python may be: in PATH first, then among pyenv's versions."""
    for folder in environ.get("PATH", "").split(os.pathsep):
        for name in ("python" + version, "python3"):
            path = Path(folder or ".") / name
            if path.is_file():
                yield path
    home = Path(environ.get("HOME") or Path.home())
    pyenv = Path(environ.get("PYENV_ROOT") or home / ".pyenv")
    # The shims in PATH may refuse to run; the real programs are here.
    for installed in sorted((pyenv / "versions").glob(version + ".*"), reverse=True):
        yield installed / "bin" / "python3"


def version_of(python: Path) -> str | None:
    """Return the version that a Python says it is, or None when it doesn't run."""
    try:
        done = subprocess.run(  # noqa: S603
            [str(python), "-I", "-c", PROBE],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=30,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode(errors="replace").strip() if done.returncode == 0 else None
