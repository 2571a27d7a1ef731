"""Install what checks the widget's JavaScript, and check its types.

`python -m scripts.web_tools` installs what is missing; `... check` then runs the type check, too.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
from pathlib import Path

from bot.runtime.steps import StepFailed, say
from scripts.node import Node, find_node, run_npm

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "tests" / "node"
INPUTS = ("package.json", "package-lock.json", ".npmrc")
STAMP = "candor-stamp"
# file(line,column): as tsc writes it where nobody looks at a terminal.
PLACE = re.compile(r"^(\S[^()]*)\(([0-9]+),([0-9]+)\): ", re.MULTILINE)


def digest(folder: Path) -> str:
    """Return a digest of what the packages are made from; StepFailed if a file is missing."""
    sum_ = hashlib.sha256()
    for name in INPUTS:
        path = folder / name
        if not path.is_file():
            raise StepFailed(f"{path} is missing; restore it (git checkout {path})")
        sum_.update(name.encode() + b"\0" + path.read_bytes())
    return sum_.hexdigest()


def is_current(folder: Path) -> bool:
    """Tell whether the packages are installed as the lock in this folder says."""
    stamp = folder / "node_modules" / STAMP
    return stamp.is_file() and stamp.read_text() == digest(folder)


def install(folder: Path, node: Node, log: Path) -> None:
    """Make `node_modules` what the lock says; StepFailed tells what to do when it can't be."""
    stamp = folder / "node_modules" / STAMP
    made_from = digest(folder)
    if stamp.is_file():
        stamp.unlink()
    arguments = ("ci", "--ignore-scripts")
    run_npm("Installing what checks the widget", node, arguments, cwd=folder, log=log)
    stamp.write_text(made_from)


def tsc_command(node: Node, folder: Path = FOLDER) -> list[str]:
    """Return the command that checks the types of what this folder's tsconfig.json includes."""
    tsc = FOLDER / "node_modules" / "typescript" / "bin" / "tsc"
    return [node.program, str(tsc), "--project", str(folder), "--pretty", "false"]


def check(node: Node, folder: Path = FOLDER) -> int:
    """Print every wrong type as file:line:column and return the type checker's code."""
    done = subprocess.run(  # noqa: S603
        tsc_command(node, folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=ROOT,
        env=node.environment(),
    )
    print(PLACE.sub(r"\1:\2:\3: ", done.stdout.decode(errors="replace")), end="")
    return done.returncode


def main() -> int:
    """Return 0 when the packages are there and, if asked for, all types are right."""
    options = argparse.ArgumentParser(prog="scripts.web_tools", description=__doc__)
    options.add_argument("what", nargs="?", choices=("install", "check"), default="install")
    what = options.parse_args().what
    try:
        if what == "install" and is_current(FOLDER):
            return 0
        node = find_node(ROOT)
        if not is_current(FOLDER):
            install(FOLDER, node, ROOT / ".cache" / "logs" / "web-tools.log")
        return check(node) if what == "check" else 0
    except StepFailed as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("\nStopped; run it again to go on.")
        return 130


if __name__ == "__main__":
    sys.exit(main())
