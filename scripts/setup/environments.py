"""The two environments: which Python each wants, what is installed in it, when it is rebuilt."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from bot.runtime.steps import StepFailed, run_step, say
from scripts.setup.interpreters import find_python, version_of
from scripts.setup.uv import clean_environment

STAMP = "candor-stamp"
NETWORK = "See that the package index is reachable and run this again."


@dataclass(frozen=True)
class Environment:
    """An environment to make; the first of `pythons` that is found is taken."""

    title: str
    folder: Path
    lock: Path
    own: tuple[str, ...]  # what of this project is installed beside the lock
    inputs: tuple[Path, ...]  # what makes it stale when it changes
    pythons: tuple[str, ...]

    @property
    def python(self) -> Path:
        """Return where the environment's own Python is."""
        return self.folder / "bin" / "python"


def application(root: Path) -> Environment:
    """Describe the application's environment: current Python, current libraries."""
    lock = root / "requirements.lock"
    return Environment(
        title="the application's environment",
        folder=root / ".venv",
        lock=lock,
        own=("--editable", str(root)),
        inputs=(lock, root / "pyproject.toml"),
        pythons=("3.12", "3.13"),
    )


def engine(root: Path) -> Environment:
    """Describe the engine's environment: Rasa's frozen runtime."""
    lock = root / "engine" / "requirements.lock"
    standin = root / "engine" / "standin"
    sources = sorted(
        [*standin.glob("*.toml"), *standin.glob("*.py"), *standin.glob("*/__init__.py")]
    )
    return Environment(
        title="the engine's environment",
        folder=root / "engine" / ".venv",
        lock=lock,
        own=(str(standin),),
        inputs=(lock, *sources),
        pythons=("3.10",),
    )


def aside(folder: Path, title: str, pythons: tuple[str, ...]) -> Environment:
    """Describe an environment of a folder's own, with nothing of this project in it."""
    lock = folder / "requirements.lock"
    own = ("-r", os.devnull)
    return Environment(title, folder / ".venv", lock, own, inputs=(lock,), pythons=pythons)


def digest(environment: Environment) -> str:
    """Return a digest of all that the environment is made from; StepFailed if a file is missing."""
    sum_ = hashlib.sha256()
    for path in environment.inputs:
        if not path.is_file():
            raise StepFailed(f"{path} is missing; restore it (git checkout {path.name})")
        sum_.update(path.name.encode() + b"\0" + path.read_bytes())
    return sum_.hexdigest()


def is_current(environment: Environment) -> bool:
    """Tell whether the environment is whole, made from these inputs, and its Python runs."""
    stamp = environment.folder / STAMP
    return (
        stamp.is_file()
        and stamp.read_text() == digest(environment)
        and version_of(environment.python) in environment.pythons
    )


def sync(environment: Environment, uv: str, root: Path) -> None:
    """Make the environment what its lock says; StepFailed tells what to do when it can't be."""
    made_from = digest(environment)
    log = root / ".cache" / "logs" / (environment.lock.parent.name + "-environment.log")
    (environment.folder / STAMP).unlink(missing_ok=True)
    if version_of(environment.python) not in environment.pythons:
        _create(environment, uv, log)
    # Compiled now, once: some systems never write what they compile, and Rasa's many modules then
    # cost every start of the engine some seconds.
    pip = [uv, "pip", "sync", "--compile-bytecode", "--require-hashes"]
    pip += ["--python", str(environment.python)]
    run_step(
        f"Installing {environment.title}",
        [*pip, str(environment.lock)],
        log=log,
        hint=NETWORK,
        environment=clean_environment(),
    )
    install = [uv, "pip", "install", "--python", str(environment.python), "--no-deps"]
    run_step(
        f"Adding the project's own part to {environment.title}",
        [*install, "--no-build-isolation", *environment.own],
        log=log,
        hint=NETWORK,
        environment=clean_environment(),
    )
    (environment.folder / STAMP).write_text(made_from)


def _create(environment: Environment, uv: str, log: Path) -> None:
    python = find_python(environment.pythons, os.environ) or _fetch(environment, uv, log)
    say(f"  Python for {environment.title}: {python}")
    run_step(
        f"Creating {environment.title}",
        [uv, "venv", "--clear", "--python", python, str(environment.folder)],
        log=log,
        hint=f"Remove {environment.folder} and run this again.",
        environment=clean_environment(),
    )


def _fetch(environment: Environment, uv: str, log: Path) -> str:
    version = environment.pythons[0]
    run_step(
        f"Fetching Python {version} (none on this machine)",
        [uv, "python", "install", version],
        log=log,
        hint=f"Install Python {' or '.join(environment.pythons)} with your system's packages or "
        f"`pyenv install {version}`, and run this again.",
        environment=clean_environment(),
    )
    return version
