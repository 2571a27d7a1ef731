"""The search for a Python: PATH first, shims that refuse skipped, then pyenv's folder."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.setup.environments import engine
from scripts.setup.interpreters import find_python, version_of

ROOT = Path(__file__).resolve().parents[2]


def program(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def environ(home: Path, *folders: Path) -> dict[str, str]:
    return {"HOME": str(home), "PATH": ":".join(map(str, folders))}


def test_the_one_in_path_wins(tmp_path: Path) -> None:
    first = program(tmp_path / "bin" / "python3.12", "echo 3.12")
    program(tmp_path / ".pyenv" / "versions" / "3.12.1" / "bin" / "python3", "echo 3.12")
    assert find_python(["3.12"], environ(tmp_path, first.parent)) == str(first)


def test_a_shim_that_refuses_is_passed_over(tmp_path: Path) -> None:
    shim = program(tmp_path / "shims" / "python3.10", "echo 'command not found' >&2; exit 127")
    real = program(tmp_path / ".pyenv" / "versions" / "3.10.13" / "bin" / "python3", "echo 3.10")
    assert find_python(["3.10"], environ(tmp_path, shim.parent)) == str(real)


def test_a_python_that_lies_about_its_version_is_not_taken(tmp_path: Path) -> None:
    liar = program(tmp_path / "bin" / "python3.10", "echo 3.11")
    assert find_python(["3.10"], environ(tmp_path, liar.parent)) is None


def test_the_preferred_version_is_taken_wherever_it_is(tmp_path: Path) -> None:
    other = program(tmp_path / "bin" / "python3.13", "echo 3.13")
    real = program(tmp_path / ".pyenv" / "versions" / "3.12.9" / "bin" / "python3", "echo 3.12")
    wanted = environ(tmp_path, other.parent)
    assert find_python(["3.12", "3.13"], wanted) == str(real)
    assert find_python(["3.14", "3.13"], wanted) == str(other)


def test_nothing_found_is_none(tmp_path: Path) -> None:
    assert find_python(["3.10"], environ(tmp_path)) is None


def test_a_real_python_tells_its_version(tmp_path: Path) -> None:
    assert version_of(Path(sys.executable)) == "{}.{}".format(*sys.version_info)
    assert version_of(tmp_path / "nowhere") is None


SETUP_FILES = [*ROOT.glob("scripts/**/*.py"), ROOT / "bot/runtime/steps.py"]


@pytest.mark.parametrize("path", SETUP_FILES, ids=lambda path: path.name)
def test_the_set_up_is_written_for_python_38(path: Path) -> None:
    ast.parse(path.read_text(), feature_version=(3, 8))


def test_the_set_up_runs_with_the_oldest_python_there_is() -> None:
    old = find_python(["3.8", "3.9", "3.10"], os.environ) or engine(ROOT).python
    code = (
        "import scripts.setup.__main__ as m, scripts.lock, scripts.browser, scripts.web_tools;"
        "m.is_current(m.engine(m.ROOT)); m.find_uv; import scripts.setup.uv as u;"
        "u.clean_environment()"
    )
    subprocess.run([old, "-c", code], cwd=ROOT, check=True, timeout=30)
