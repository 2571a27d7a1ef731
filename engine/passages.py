"""Ranks the documents' passages by how near they come to a message."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rasa.shared.exceptions import RasaException

from engine.gates import Topic


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

    def nearest(self, vector: np.ndarray) -> dict[str, float]:
        """Return each section with the cosine of its passage that comes nearest."""
        near: dict[str, float] = {}
        for section, score in zip(self.sections, (self.vectors @ vector).tolist(), strict=True):
            near[section] = max(score, near.get(section, -1.0))
        return near

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
    entries = _read(path, lambda compiled: [_entry(item) for item in compiled["passages"]])
    if not entries:
        raise PassagesError(f"{path} holds no passage: are there documents in data/documents?")
    return entries


def read_topics(path: Path) -> dict[str, Topic]:
    """Read what the gates know of each answer; raise PassagesError when that is missing."""
    return _read(
        path,
        lambda compiled: {
            name: Topic(str(about["section"]), bool(about["strict"]))
            for name, about in compiled["answers"].items()
        },
    )


def topics_to_array(topics: Mapping[str, Topic]) -> np.ndarray:
    """Return what `topics_from_array` reads."""
    return np.array(json.dumps({name: [t.section, t.strict] for name, t in topics.items()}))


def topics_from_array(array: np.ndarray) -> dict[str, Topic]:
    """Read back what `topics_to_array` returned."""
    return {name: Topic(*about) for name, about in json.loads(str(array)).items()}


def _entry(item: Mapping[str, Any]) -> Entry:
    return Entry(**{key: item[key] for key in Entry.__slots__})


def _read(path: Path, take: Callable[[Any], Any]) -> Any:
    try:
        return take(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise PassagesError(f"{path} is missing: run `make train`, which compiles it") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PassagesError(
            f"{path} does not hold the passages ({error!r}): run `make train`"
        ) from None


def learn_passages(
    entries: Sequence[Entry], encode: Callable[[Sequence[str]], np.ndarray]
) -> Passages:
    """Encode the passages; each one's vector is the middle of it with and without its heading."""
    alone = [entry.text for entry in entries]
    headed = [f"{entry.heading}. {entry.text}" for entry in entries]
    vectors = encode([*alone, *headed])
    return Passages(
        tuple(entry.id for entry in entries),
        tuple(entry.section for entry in entries),
        (vectors[: len(entries)] + vectors[len(entries) :]) / 2,
    )
