"""The environments are made again when, and only when, what they are made from has changed."""

import sys
from pathlib import Path

import pytest

from bot.runtime.steps import StepFailed
from scripts.setup.environments import STAMP, Environment, digest, is_current, sync

HERE = "{}.{}".format(*sys.version_info)


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    lock = tmp_path / "requirements.lock"
    lock.write_text("")
    return Environment(
        title="a small environment",
        folder=tmp_path / ".venv",
        lock=lock,
        own=(str(tmp_path),),
        inputs=(lock,),
        pythons=(HERE,),
    )


def fake_uv(folder: Path, fails_at: str = "nothing") -> str:
    """Write a program that makes the Python an environment has, and can fail at a subcommand."""
    path = folder / "uv"
    path.write_text(
        "#!/bin/sh\n"
        f'case "$*" in *{fails_at}*) echo "error: no route"; exit 2;; esac\n'
        'for last; do :; done\nif [ "$1" = venv ]; then mkdir -p "$last/bin"; '
        f'printf "#!/bin/sh\\necho {HERE}\\n" > "$last/bin/python"; '
        'chmod +x "$last/bin/python"; fi\n'
    )
    path.chmod(0o755)
    return str(path)


def test_made_once_then_current_until_the_lock_changes(
    environment: Environment, tmp_path: Path
) -> None:
    assert not is_current(environment)
    sync(environment, fake_uv(tmp_path), tmp_path)
    assert is_current(environment)
    environment.lock.write_text("changed==1")
    assert not is_current(environment)


def test_an_interrupted_set_up_is_not_taken_for_whole(
    environment: Environment, tmp_path: Path
) -> None:
    sync(environment, fake_uv(tmp_path), tmp_path)
    environment.lock.write_text("changed==1")
    with pytest.raises(StepFailed, match="no route"):
        sync(environment, fake_uv(tmp_path, "sync"), tmp_path)
    environment.lock.write_text("")
    assert not is_current(environment)


def test_a_python_that_is_gone_makes_it_stale(environment: Environment, tmp_path: Path) -> None:
    sync(environment, fake_uv(tmp_path), tmp_path)
    environment.python.unlink()
    assert (environment.folder / STAMP).exists()
    assert not is_current(environment)


def test_a_missing_lock_is_named(environment: Environment) -> None:
    environment.lock.unlink()
    with pytest.raises(StepFailed, match=r"requirements\.lock is missing"):
        digest(environment)
