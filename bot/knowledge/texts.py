"""The fixed texts around the answers, with the clinic's own wording and facts filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
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
    stock = str(data["text"])
    filled = stock.format_map(facts) if own is None else fill(own, stock, facts)
    return FixedText(filled, tuple(data.get("next") or ()), booking)


def fill(own: str, stock: str, facts: Mapping[str, str]) -> str:
    """Return a clinic's own wording with its facts in; ValueError when it won't do.

    What is filled in later, in double braces, must be what the delivered text has there.
    """
    for _, name, form, conversion in Formatter().parse(own):
        if name is not None and (form or conversion or name not in facts):
            raise ValueError(f"{{{name}}} is not something that can be filled in")
    filled = own.format_map(facts)
    if (wanted := _open_places(stock.format_map(facts))) != _open_places(filled):
        listed = ", ".join(f"{{{{{name}}}}}" for name in sorted(wanted)) or "nothing"
        raise ValueError(f"must have {listed} in double braces, as the delivered text has")
    return filled


def _open_places(filled: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(filled) if name is not None}


def _fault(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{{{error.args[0]}}} is not something that can be filled in"
    return str(error)
