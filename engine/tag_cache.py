"""Keeps what the training examples name between trainings; spaCy takes a while to find it."""

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path


def tags_cached(
    texts: Sequence[str], find: Callable[[str], frozenset[str]], made_by: str, path: Path
) -> list[frozenset[str]]:
    """Return each text's tags, finding only those that the file doesn't hold yet.

    `made_by` stands for all that the tags depend on beside the text; when it changes, the file is
    worth nothing.
    """
    known = _read(path, made_by)
    keys = [_key(text) for text in texts]
    new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if new:
        known |= {key: sorted(find(text)) for key, text in new.items()}
        _write(path, made_by, {key: known[key] for key in keys})
    return [frozenset(known[key]) for key in keys]


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _read(path: Path, made_by: str) -> dict[str, list[str]]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return dict(kept["tags"]) if kept["made_by"] == made_by else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}  # nothing there yet, or half-written: find them again


def _write(path: Path, made_by: str, tags: dict[str, list[str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    content = json.dumps({"made_by": made_by, "tags": tags})
    partial.write_text(content, encoding="utf-8")
    partial.replace(path)
