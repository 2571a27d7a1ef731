"""Ranks the documents' passages by how near they come to a message."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rasa.shared.exceptions import RasaException

from engine.sentences import Encoder

SHOWN = 5


class PassagesError(RasaException):
    """The compiled passages are missing or unreadable."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One passage as the application compiled it."""

    id: str
    section: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Passages:
    """The passages' ids and vectors."""

    ids: tuple[str, ...]
    sections: tuple[str, ...]
    vectors: np.ndarray

    def nearest(self, vector: np.ndarray) -> list[dict[str, Any]]:
        """Return the nearest passages, best first, each with its section and score."""
        scores = self.vectors @ vector
        best = np.argsort(-scores, kind="stable")[:SHOWN]
        return [
            {"id": self.ids[i], "section": self.sections[i], "score": round(float(scores[i]), 4)}
            for i in best
        ]

    def to_arrays(self) -> dict[str, np.ndarray]:
        """Return what `passages_from_arrays` reads."""
        return {
            "ids": np.array("\n".join(self.ids)),
            "sections": np.array("\n".join(self.sections)),
            "vectors": self.vectors.astype(np.float32),
        }


def passages_from_arrays(arrays: Mapping[str, np.ndarray]) -> Passages:
    """Read back what `Passages.to_arrays` returned."""
    ids, sections = (tuple(str(arrays[key]).split("\n")) for key in ("ids", "sections"))
    return Passages(ids, sections, arrays["vectors"])


def read_passages(path: Path) -> list[Entry]:
    """Read the compiled passages; raise PassagesError when they are missing, empty or broken."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))["passages"]
        entries = [Entry(**{key: item[key] for key in Entry.__slots__}) for item in found]
    except FileNotFoundError:
        raise PassagesError(f"{path} is missing: run `make train`, which compiles it") from None
    except (ValueError, KeyError, TypeError) as error:
        raise PassagesError(
            f"{path} is not a list of passages ({error!r}): run `make train`"
        ) from None
    if not entries:
        raise PassagesError(f"{path} holds no passage: are there documents in data/documents?")
    return entries


def learn_passages(entries: Sequence[Entry], encoder: Encoder) -> Passages:
    """Encode the passages; each one's vector is the middle of it with and without its heading."""
    alone = encoder.encode([entry.text for entry in entries])
    headed = encoder.encode([f"{entry.heading}. {entry.text}" for entry in entries])
    return Passages(
        tuple(entry.id for entry in entries),
        tuple(entry.section for entry in entries),
        (alone + headed) / 2,
    )
