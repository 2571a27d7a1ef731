"""Tells whether the model is whole and made from what the files say now."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from bot.runtime.paths import Paths

FILES = (
    "config.yml",
    "domain.yml",
    "data/gates.yml",
    "engine/adapter.npz",
    "engine/requirements.lock",
    "build/passages.json",
)
# Texts, red flags and what follows an answer are read at the start, not learnt.
FOLDERS = ("data/lexicon", "data/nlu", "build/nlu", "data/stories", "engine/components")


LEARNT = (".py", ".yml")


def model_inputs(root: Path) -> Iterator[Path]:
    """Yield every file that the model is made from, always in the same order."""
    for name in FILES:
        yield root / name
    yield from sorted((root / "engine").glob("*.py"))
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in LEARNT:
                yield path


def inputs_digest(root: Path) -> str:
    """Return a digest of all inputs, their names and contents; a missing file counts as empty."""
    digest = hashlib.sha256()
    for path in model_inputs(root):
        content = path.read_bytes() if path.is_file() else b""
        name = path.relative_to(root).as_posix().encode()
        digest.update(b"%s %d\0%s" % (name, len(content), content))
    return digest.hexdigest()


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file's content; OSError when it can't be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_fresh(root: Path) -> bool:
    """Tell whether the model was made from these inputs and every byte of it is there."""
    paths = Paths(root)
    try:
        facts = json.loads(paths.model_facts.read_text(encoding="utf-8"))
        whole = facts["archive"] == file_digest(paths.model)
        return whole and bool(facts["inputs"] == inputs_digest(root))
    except (OSError, ValueError, KeyError, TypeError):
        return False
