"""What Rasa's training cache has to know, so that it never serves a step that has changed."""

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path


def of_files(paths: Iterable[Path]) -> str:
    """Return a digest of the files' names and contents; a missing file counts as empty."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode())
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


@lru_cache(maxsize=1)
def sources() -> str:
    """Return a digest of the engine's own code and of the encoder's adapter."""
    here = Path(__file__).parent
    return of_files([*here.glob("*.py"), *(here / "components").glob("*.py"), here / "adapter.npz"])
