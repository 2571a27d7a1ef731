"""Whether a message is something that can be read at all: words, and English ones."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from bot.knowledge.strict_yaml import read_yaml

WORD = re.compile(r"[^\W\d_]+")
WORDS_FILE = Path(__file__).parents[2] / "data" / "languages.yml"
LEAST_LETTERS = 2
LEAST_FOREIGN = 2


def has_words(text: str) -> bool:
    """Tell whether the text has letters enough for a word."""
    return sum(map(len, WORD.findall(text))) >= LEAST_LETTERS


def is_blank(text: str) -> bool:
    """Tell whether the text has neither a letter nor a picture: digits and marks only."""
    return not any(mark.isalpha() or unicodedata.category(mark) == "So" for mark in text)


def is_english(text: str) -> bool:
    """Tell whether the text may be English; only clear cases of another language are refused."""
    words = [word.lower() for word in WORD.findall(text)]
    letters = "".join(words)
    if letters and sum(map(_is_latin, letters)) < len(letters) / 2:
        return False
    english, others = _small_words()
    foreign = max(len(listed.intersection(words)) for listed in others)
    return foreign < LEAST_FOREIGN or foreign <= len(english.intersection(words))


@cache
def _small_words() -> tuple[frozenset[str], tuple[frozenset[str], ...]]:
    """Return the small words of English, and those of each other language that English lacks."""
    data = read_yaml(WORDS_FILE)
    english = frozenset(data["english"].split())
    return english, tuple(frozenset(words.split()) - english for words in data["others"].values())


@cache
def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN")
