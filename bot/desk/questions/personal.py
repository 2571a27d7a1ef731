"""Takes personal data out of a question by rules; what they can't know, a person must see.

It errs on the side of taking out. What a question is about stays: ages, times after treatment,
stages, levels of the spine, treatments, prices.
"""

import re
import unicodedata

from bot.desk.questions.names import remove_names
from bot.desk.questions.numbers import remove_numbers

LONGEST = 600  # characters that are kept of a question
MOST_ROUNDS = 8
PLAIN = {0x2018: "'", 0x2019: "'", 0x2013: "-", 0x2014: "-"}
HIDDEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
BLANKS = re.compile(r"[^\S\n]+")
LINES = re.compile(r"\s*\n\s*")
PLACE = r"\[(?:name|number|address|date|link|email|postcode)\]"
REPEATED = re.compile(rf"({PLACE})(?:[\s,]*\1)+")


def remove_personal(text: str, country: str) -> str:
    """Return a text with a plain word in brackets for each piece of personal data.

    `country` (ISO 3166) says how telephone numbers are written. The same again changes nothing.
    """
    text = _tidy(text)
    for _ in range(MOST_ROUNDS):
        before = text
        text = REPEATED.sub(r"\1", remove_names(remove_numbers(text, country)))
        text = _tidy(text)[:LONGEST].strip()
        if text == before:
            break
    return text


def without_places(text: str) -> str:
    """Return the text without the words in brackets that stand for personal data."""
    return BLANKS.sub(" ", re.sub(PLACE, " ", text)).strip()


def _tidy(text: str) -> str:
    # Digits of any script become plain ones, and nothing hides between them.
    plain = HIDDEN.sub("", unicodedata.normalize("NFKC", text)).translate(PLAIN)
    digits = "".join(str(unicodedata.decimal(mark)) if mark.isdecimal() else mark for mark in plain)
    return LINES.sub("\n", BLANKS.sub(" ", digits)).strip()
