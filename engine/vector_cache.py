"""Keeps the training examples' vectors between trainings; encoding takes most of the time."""

import hashlib
import logging
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from engine.sentences import SIZE, Encoder

log = logging.getLogger(__name__)


def encode_cached(encoder: Encoder, texts: Sequence[str], path: Path) -> np.ndarray:
    """Return one row for each text, encoding only those that the file doesn't hold yet."""
    known = _read(path)
    keys = [_key(encoder.made_from, text) for text in texts]
    new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if new:
        log.info("Encoding %d new examples of %d.", len(new), len(texts))
        known.update(zip(new, encoder.encode(list(new.values())), strict=True))
        _write(path, {key: known[key] for key in keys})
    return np.vstack([known[key] for key in keys])


def _key(made_from: str, text: str) -> str:
    return hashlib.sha256(f"{made_from}\n{text}".encode()).hexdigest()


def _read(path: Path) -> dict[str, np.ndarray]:
    try:
        with path.open("rb") as file, np.load(file) as stored:
            keys, vectors = stored["keys"].tolist(), stored["vectors"]
    except (OSError, ValueError, KeyError, BadZipFile):
        return {}  # nothing there yet, or half-written: encode again
    return dict(zip(keys, vectors, strict=True)) if vectors.shape == (len(keys), SIZE) else {}


def _write(path: Path, known: dict[str, np.ndarray]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial.npz")
    np.savez(partial, keys=np.array(list(known)), vectors=np.vstack(list(known.values())))
    partial.replace(path)
