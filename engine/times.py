"""Finds how long ago the treatment was, or which time after it is meant, in days."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from engine.dates import find_dates
from engine.numbers import AMOUNT, ORDINAL, amount, ordinal


class Found(NamedTuple):
    """A stretch of the text and the number it means."""

    start: int
    end: int
    value: float


DAYS = {"h": 1 / 24, "d": 1, "n": 1, "w": 7, "f": 14, "m": 30, "y": 365}
UNIT = (
    r"(?:hours?|hrs?|days?|nights?|weeks?|wee?ks?|wks?|fortnights?|months?|mnths?|mths?|mos?|years?|"
    r"yea?rs?|yrs?)\b\.?"
)
NEAR = r"(?:about|around|almost|nearly|just over|over|just|only|roughly|approx\.?|maybe|like)\s+"
LENGTH = rf"(?P<amount>{AMOUNT})[\s-]*(?P<unit>{UNIT})"
# "for 3 years" is how long something lasted or lasts, not how long ago the treatment was.
BEFORE = (
    r"(?:after|at|by|in|since|within|now|been|it's|its|it is|i'm|im|i am|am|day|on|between|from|"
    rf"during|until|till|past|hit|reached)\s+(?:the\s+)?(?:{NEAR})?"
)
AFTER = (
    r"\s*(?:,\s*)?(?:ago|gone|post\b|since|after|later|out\b|passed|past|into|in\b|on\b|down\b|"
    r"along|back\b|now\b|(?:and|but)?\s*(?:still|no\b|nothing|not\b|zero|zilch|without)|"
    r"and (?:i|it|my)\b|have passed|has passed|have gone|from (?:the|my) )"
)
LASTING = (
    r"(?<!for )(?<!of )(?<!last )(?<!lasts )(?<!lasted )(?<!every )(?<!another )(?<!for about )"
)
TREATED = re.compile(
    r"\b(?:had|got|did|done|since|jab|jabbed|shot|inject\w*|treat\w*|procedure|therapy)\b", re.I
)
SINCE = re.compile(rf"\b{LASTING}(?:(?P<before>{BEFORE})\b)?{LENGTH}(?P<after>{AFTER})?", re.I)
# "Ten days. Still a bit swollen": whoever begins so counts from the treatment.
OPENING = re.compile(rf"\A(?:{NEAR})?{LENGTH}\s*[.,:;]", re.I)
NUMBERED = re.compile(
    rf"\b(?P<unit>day|week|wk|month|mth|year|yr)s?\s*#?(?P<amount>{AMOUNT})\b(?!\s*{UNIT})", re.I
)
BETWEEN = re.compile(
    rf"\b{LASTING}(?P<low>{AMOUNT})[\s-]*(?P<unit>{UNIT})\s*(?:to|and|-|–|until|till)\s*"
    rf"(?P<high>{AMOUNT})[\s-]*(?P<other>{UNIT})",
    re.I,
)
NTH = re.compile(
    rf"\b(?P<ordinal>{ORDINAL})\s+(?P<unit>day|week|wk|fortnight|month|mth|year)\b", re.I
)
FORTNIGHT = re.compile(r"\b(?P<half>half\s+)?a\s+fortnight\b|\bfortnight\b", re.I)
WEEKDAYS = ["mon", "tues", "wednes", "thurs", "fri", "satur", "sun"]
CALENDAR = re.compile(
    r"\b(?:(?P<today>today|this morning|earlier today|hours ago)|"
    r"(?P<yesterday>yesterday|last night)|last (?P<unit>week|month|year)|"
    rf"(?:last|since) (?P<weekday>{'|'.join(WEEKDAYS)})day)\b",
    re.I,
)


def find_times(text: str, today: date) -> list[Found]:
    """Return the times after treatment that the text names, in days, from left to right."""
    found: list[Found] = []
    for candidate in _candidates(text, today):
        if not any(candidate.start < f.end and f.start < candidate.end for f in found):
            found.append(candidate)
    return sorted(found)


def _candidates(text: str, today: date) -> Iterator[Found]:
    counted = list(_counted(text))
    yield from counted
    if not counted:  # "done in May, now between month three and four": the sum is the patient's
        for start, end, days in find_dates(text, today):
            yield Found(start, end, days)
    if TREATED.search(text):
        for match in CALENDAR.finditer(text):
            yield Found(*match.span(), _calendar_days(match, today))
        for match in FORTNIGHT.finditer(text):
            yield Found(*match.span(), 7.0 if match["half"] else 14.0)


def _counted(text: str) -> Iterator[Found]:
    for match in BETWEEN.finditer(text):
        low = amount(match["low"]) * _days(match["unit"])
        high = amount(match["high"]) * _days(match["other"])
        yield Found(*match.span(), (low + high) / 2)
    for match in NUMBERED.finditer(text):
        days = amount(match["amount"]) * _days(match["unit"])
        if match["amount"].lower() not in ("a", "an", "half"):
            yield Found(match.start(), match.end(), days)
    since = [match for match in SINCE.finditer(text) if match["before"] or match["after"]]
    for match in (*since, *OPENING.finditer(text)):
        days = amount(match["amount"]) * _days(match["unit"])
        yield Found(match.start("amount"), match.end("unit"), days)
    for match in NTH.finditer(text):
        yield Found(*match.span(), ordinal(match["ordinal"]) * _days(match["unit"]))


def _days(unit: str) -> float:
    return DAYS[unit[0].lower()]


def _calendar_days(match: re.Match[str], today: date) -> float:
    if match["today"]:
        return 0.0
    if match["yesterday"]:
        return 1.0
    if match["unit"]:
        return float(_days(match["unit"]))
    weekday = WEEKDAYS.index(match["weekday"].lower())
    return float((today.weekday() - weekday - 1) % 7 + 1)
