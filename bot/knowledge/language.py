"""Whether a message is something that can be read at all: words, and English ones."""

import re
import unicodedata
from functools import cache

from spacy.lang.de.stop_words import STOP_WORDS as GERMAN
from spacy.lang.en.stop_words import STOP_WORDS as ENGLISH
from spacy.lang.es.stop_words import STOP_WORDS as SPANISH
from spacy.lang.fr.stop_words import STOP_WORDS as FRENCH
from spacy.lang.it.stop_words import STOP_WORDS as ITALIAN
from spacy.lang.nl.stop_words import STOP_WORDS as DUTCH
from spacy.lang.pl.stop_words import STOP_WORDS as POLISH
from spacy.lang.pt.stop_words import STOP_WORDS as PORTUGUESE
from spacy.lang.tr.stop_words import STOP_WORDS as TURKISH

OTHERS = (GERMAN, SPANISH, FRENCH, ITALIAN, DUTCH, POLISH, PORTUGUESE, TURKISH)
WORD = re.compile(r"[^\W\d_]+")
# Words that English shares with others, or that patients write in English chat.
SHARED = frozenset({"a", "am", "an", "as", "at", "die", "do", "he", "i", "in", "is", "man", "me"})
SHARED |= {"no", "of", "on", "or", "so", "to", "was"}


def has_words(text: str) -> bool:
    """Tell whether the text has a word of two letters or more."""
    return any(len(word) > 1 for word in WORD.findall(text))


def is_english(text: str) -> bool:
    """Tell whether the text may be English; only clear cases of another language are refused."""
    words = [word.lower() for word in WORD.findall(text)]
    letters = "".join(words)
    if letters and sum(_is_latin(letter) for letter in letters) < len(letters) / 2:
        return False
    told = [word for word in words if word not in SHARED]
    english = sum(word in ENGLISH for word in told)
    foreign = max(sum(word in others for word in told) for others in OTHERS)
    return foreign < 2 or foreign <= 2 * english


@cache
def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN")
