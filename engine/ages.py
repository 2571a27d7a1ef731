"""Finds a person's age in years."""

import re
from collections.abc import Iterator

from engine.numbers import TENS, WHOLE, amount
from engine.times import UNIT, Found

YOUNGEST, OLDEST = 1, 110
SURE_FROM = 35  # a bare number this high after "I'm" or "at" is an age and no time
PERSON = (
    r"(?:i'?m|i am|he'?s|she'?s|is|was|am|be|being|turned?|turning|pushing|nearly|almost|now|only|"
    r"just|mum|mom|dad|wife|husband|mother|father)"
)
NOT_AGE = (
    rf"(?!\s*(?:{UNIT}|%|percent|per cent|,?\d|\.\d|kgs?|kilos?|lbs?|pounds|stone|am\b|pm\b|:|"
    r"km|miles|mg|ml|minutes?|mins?|times|out of|/10))"
)
NOUN = r"(?:male|female|lady|man|woman|patient|gentleman|person)"
OLD = re.compile(
    rf"\b(?P<age>{WHOLE})[\s-]*(?:(?:years?|yea?rs?|yrs?)[\s-]*(?:old|of age|young)\b|"
    rf"y\.?\s?/?o\b|yo\b|yrs?\s{NOUN}\b)",
    re.I,
)
AGED = re.compile(rf"\b(?:aged?|age of|age is|age:)\s*(?P<age>{WHOLE})\b", re.I)
BARE = re.compile(
    rf"\b(?:{PERSON}|at|over|past|above|under|below)\s+(?:{PERSON}\s+)?(?P<age>{WHOLE})\b{NOT_AGE}",
    re.I,
)
LETTER = re.compile(
    r"\b(?P<age>\d{2})\s?[mf]\b|\((?P<in_brackets>\d{2})\s?[mf]?\)|"
    r"(?<!')\b[mf]\s?(?P<last>\d{2})\b",
    re.I,
)
DECADES = [ten.removesuffix("y") + "ies" for ten in TENS]
DECADE = re.compile(
    rf"\b(?:(?P<part>early|mid|late)[\s-]+)?(?P<tens>[1-9]0'?s|{'|'.join(DECADES)})\b", re.I
)
PARTS = {"early": 2, "mid": 5, "late": 8}


def find_ages(text: str) -> list[Found]:
    """Return the ages that the text names, in years, from left to right."""
    found: list[Found] = []
    for candidate in _candidates(text):
        taken = any(candidate.start < f.end and f.start < candidate.end for f in found)
        if YOUNGEST <= candidate.value <= OLDEST and not taken:
            found.append(candidate)
    return sorted(found)


def _candidates(text: str) -> Iterator[Found]:
    for pattern in (OLD, AGED):
        for match in pattern.finditer(text):
            yield Found(*match.span(), amount(match["age"]))
    for match in BARE.finditer(text):
        if amount(match["age"]) >= SURE_FROM:
            yield Found(*match.span("age"), amount(match["age"]))
    for match in LETTER.finditer(text):
        yield Found(*match.span(), float(match["age"] or match["in_brackets"] or match["last"]))
    for match in DECADE.finditer(text):
        yield Found(*match.span(), _decade(match["tens"]) + PARTS[(match["part"] or "mid").lower()])


def _decade(tens: str) -> float:
    if tens[0].isdigit():
        return float(tens[:2])
    return 10.0 * (2 + DECADES.index(tens.lower()))
