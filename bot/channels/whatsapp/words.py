"""The few words that only WhatsApp needs, from data/texts.yml."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from bot.channels.whatsapp.limits import BUTTON_TITLE, TEXT, size
from bot.knowledge import KnowledgeError, Texts

LONGEST_LEAD = 60


@dataclass(frozen=True, slots=True)
class Words:
    """What buttons say, and what leads in a picture's description."""

    more: str
    choose: str
    book: str
    person: str
    picture: str


def load_words(texts: Texts) -> Words:
    """Return the words of the group `whatsapp`; KnowledgeError names each that doesn't fit."""
    problems = list(_problems(texts))
    if problems:
        raise KnowledgeError(problems)
    return Words(**{name: _text(texts, name) for name in _names()})


def _problems(texts: Texts) -> Iterator[str]:
    for name in _names():
        most = LONGEST_LEAD if name == "picture" else BUTTON_TITLE
        if not 1 <= (count := size(_text(texts, name))) <= most:
            yield f"text whatsapp.{name}: must have 1 to {most} characters, not {count}"
    for name in texts.names("urgent"):
        if (count := size(texts[f"urgent.{name}"].text)) > TEXT:
            yield f"text urgent.{name}: must have at most {TEXT:,} characters, not {count:,}"


def _names() -> list[str]:
    return [field.name for field in fields(Words)]


def _text(texts: Texts, name: str) -> str:
    found = texts.get(f"whatsapp.{name}")
    return " ".join(found.text.split()) if found else ""
