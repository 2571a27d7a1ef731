"""Lines from standard input, from a pipe and from a file, whatever bytes they hold."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = """
import asyncio
from bot.cli.typed import typed_lines
async def show():
    async for line in typed_lines():
        print(ascii(line))
asyncio.run(show())
"""
TYPED = b"one\r\n\ntw\xffo\x85\x0bstill two\n" + b"x" * 70_000 + b"\nlast without end"


@pytest.mark.parametrize("source", ["pipe", "file"])
def test_every_line_once_and_nothing_else_ends_one(tmp_path: Path, source: str) -> None:
    path = tmp_path / "typed"
    path.write_bytes(TYPED)
    command = [sys.executable, "-c", CODE]
    if source == "pipe":
        done = subprocess.run(command, cwd=ROOT, input=TYPED, capture_output=True, timeout=30)
    else:
        with path.open("rb") as file:
            done = subprocess.run(command, cwd=ROOT, stdin=file, capture_output=True, timeout=30)
    assert done.stderr == b""
    assert done.stdout.decode().splitlines() == [
        "'one'",
        "''",
        "'tw\\ufffdo\\ufffd\\x0bstill two'",
        repr("x" * 70_000),
        "'last without end'",
    ]
