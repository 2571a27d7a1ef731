"""What a file of answers is about: its heading for people, and its place among the others."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.knowledge.problems import KnowledgeError


@dataclass(frozen=True, slots=True)
class Topic:
    """One file of data/answers; `id` is its name without the ending, `place` orders the files."""

    id: str
    title: str
    place: int


def take_topic(path: Path, entries: dict[str, Any]) -> Topic:
    """Take the entry `topic` out of an answer file's entries; KnowledgeError if it is wrong."""
    data = entries.pop("topic", None)
    if data is None:
        raise KnowledgeError(
            [f"{path.name}: `topic` is missing; add it with its `title` for people and its `place`"]
        )
    title, place = (data.get("title"), data.get("place")) if isinstance(data, dict) else (None, 0)
    problems = []
    if not isinstance(title, str) or not title.strip():
        problems.append(f"{path.name}: `topic` needs a `title`, the heading that people read")
    if not isinstance(place, int) or isinstance(place, bool):
        problems.append(f"{path.name}: the `place` of its `topic` must be a number such as 1")
    if problems:
        raise KnowledgeError(problems)
    return Topic(path.stem, str(title).strip(), int(str(place)))
