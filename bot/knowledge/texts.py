"""The fixed texts around the answers, with the clinic's own wording and facts filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from bot.knowledge.answers import Offer
from bot.knowledge.problems import KnowledgeError
from bot.knowledge.strict_yaml import read_yaml


@dataclass(frozen=True, slots=True)
class FixedText:
    """A text, the answers to offer after it, and the booking offer that fits."""

    text: str
    next: tuple[str, ...] = ()
    booking: Offer = "none"


@dataclass(frozen=True, slots=True)
class Texts:
    """All fixed texts by name, such as `decline.cost`."""

    by_name: Mapping[str, FixedText]

    def __getitem__(self, name: str) -> FixedText:
        return self.by_name[name]

    def get(self, name: str) -> FixedText | None:
        """Return the text of that name, or None."""
        return self.by_name.get(name)

    def names(self, group: str) -> tuple[str, ...]:
        """Return the names within a group, such as the topics under `decline`."""
        prefix = f"{group}."
        return tuple(name.removeprefix(prefix) for name in self.by_name if name.startswith(prefix))


def load_texts(path: Path, facts: Mapping[str, str], own: Mapping[str, str]) -> Texts:
    """Read the texts with the clinic's facts and `own` wordings; KnowledgeError if wrong."""
    problems: list[str] = []
    entries = {
        f"{group}.{name}": entry
        for group, members in read_yaml(path).items()
        for name, entry in members.items()
    }
    problems += [f"clinic.yml: texts: there is no text `{name}`" for name in own.keys() - entries]
    texts = {}
    for name, entry in entries.items():
        try:
            texts[name] = _fixed_text(entry, own.get(name), facts)
        except (KeyError, ValueError, TypeError, IndexError) as error:
            problems.append(f"text {name}: {_fault(error)}")
    if problems:
        raise KnowledgeError(problems)
    return Texts(texts)


def _fixed_text(entry: object, own: str | None, facts: Mapping[str, str]) -> FixedText:
    data: dict[str, Any] = entry if isinstance(entry, dict) else {"text": entry}
    booking = data.get("booking", "none")
    if booking not in get_args(Offer):
        raise ValueError(f"`booking` must be one of {', '.join(get_args(Offer))}")
    filled = str(own or data["text"]).format_map(facts)
    return FixedText(filled, tuple(data.get("next") or ()), booking)


def _fault(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{{{error.args[0]}}} is not something that can be filled in"
    return str(error)
