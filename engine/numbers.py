"""Reads numbers as people write them: 3, 2.5, 2-3, three, twenty-one, a couple of, half a."""

import re

UNITS = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
]  # fmt: skip
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ORDINALS = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
]  # fmt: skip
VAGUE = {
    "a": 1.0, "an": 1.0, "a single": 1.0, "half a": 0.5, "half an": 0.5, "a half": 0.5, "half": 0.5,
    "a couple of": 2.0, "couple of": 2.0, "a couple": 2.0, "couple": 2.0, "one and a half": 1.5,
    "a few": 3.0, "few": 3.0, "several": 4.0, "a dozen": 12.0, "two and a half": 2.5,
}  # fmt: skip


def _words() -> dict[str, float]:
    known = {word: float(value) for value, word in enumerate(UNITS)}
    for ten, word in enumerate(TENS, start=2):
        known[word] = 10.0 * ten
        for unit in range(1, 10):
            known[f"{word}-{UNITS[unit]}"] = known[f"{word} {UNITS[unit]}"] = 10.0 * ten + unit
    return known


WORDS = _words()


def _any_of(words: list[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


WHOLE = rf"(?:\d{{1,3}}(?!\d)|{_any_of(list(WORDS))})"
ONE = rf"(?:\d+(?:\.\d+)?(?:\s?½)?|½|{_any_of([*VAGUE, *WORDS])})"
AMOUNT = rf"(?:{ONE}(?:\s*(?:-|–|to|or)\s*{ONE})?)"
ORDINAL = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{_any_of(ORDINALS)})"
_RANGE = re.compile(rf"({ONE})\s*(?:-|–|to|or)\s*({ONE})$")


def amount(text: str) -> float:
    """Return the number that `AMOUNT` matched; the middle of a range."""
    text = " ".join(text.lower().split())
    if text not in WORDS and (found := _RANGE.match(text)):
        return (amount(found[1]) + amount(found[2])) / 2
    if text in VAGUE or text in WORDS:
        return VAGUE.get(text) or WORDS[text]
    return float(text.replace("½", "").strip() or 0) + (0.5 if "½" in text else 0)


def ordinal(text: str) -> int:
    """Return the number that `ORDINAL` matched."""
    digits = re.match(r"\d+", text)
    return int(digits[0]) if digits else ORDINALS.index(text.lower()) + 1
