"""Words of a text in their plainest form, so that the forms of one word are the same."""

import re

WORD = re.compile(r"[^\W_]+")
APOSTROPHES = re.compile(r"['\u2019\u2018`\u00b4]")
ENDINGS = {"ings": "", "ing": "", "ies": "y", "ed": "", "es": "", "s": "", "ly": ""}
LEAST_STEM = 3


def plain_words(text: str) -> list[str]:
    """Return the words of a text in small letters, without apostrophes."""
    return WORD.findall(APOSTROPHES.sub("", text.casefold()))


def stemmed(word: str) -> str:
    """Return a word without one of the commonest endings."""
    for ending, instead in ENDINGS.items():
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= LEAST_STEM:
            return stem + instead
    return word
