"""Reads the date of a treatment out of a text: "since the 3rd of October", "had it in late May"."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
DAY = r"(?P<{}>\d{{1,2}})(?:st|nd|rd|th)?"
# A month alone needs a word before it: "may" and "march" are words as well.
DATE = re.compile(
    rf"\b(?:{DAY.format('day')}\s+(?:of\s+)?(?P<month>{MONTH})|"
    rf"(?P<before>{MONTH})\s+{DAY.format('after')}\b|"
    rf"(?:in|since|last|(?P<part>early|mid|late|(?:the\s+)?(?:start|beginning|middle|end)\s+of))"
    rf"[\s-]+(?P<alone>{MONTH}))(?:,?\s+(?P<year>20\d\d)\b)?",
    re.IGNORECASE,
)
PARTS = {"early": 5, "start": 5, "beginning": 5, "mid": 15, "middle": 15, "late": 25, "end": 25}
MIDDLE = 15
# "I have had it since June" is said of the pain.
DONE = re.compile(
    r"\b(?:(?:had|got)\s+(?:it|mine|one|this)\b(?!\s+since)|done|jab\w*|shot|inject\w*|treated|"
    r"treatment|procedure|therapy)\b",
    re.IGNORECASE,
)
AHEAD = re.compile(
    r"\b(?:booked|booking|scheduled|planned|planning|next|will|gonna|going to|due|'ll|getting)\b",
    re.IGNORECASE,
)


def find_dates(text: str, today: date) -> Iterator[tuple[int, int, float]]:
    """Yield where the text names a day gone by and how many days ago it was.

    Nothing is found in a text that tells of no treatment, or looks ahead ("booked for May").
    """
    if AHEAD.search(text) or not DONE.search(text):
        return
    for match in DATE.finditer(text):
        name = match["month"] or match["before"] or match["alone"]
        month, day = NAMES.index(name[:3].lower()) + 1, match["day"] or match["after"]
        number = int(day) if day else _part(match["part"])
        days = _ago(int(match["year"] or 0), month, number, today)
        if days is not None:
            yield *match.span(), days


def _part(words: str | None) -> int:
    return next((day for name, day in PARTS.items() if words and name in words.lower()), MIDDLE)


def _ago(year: int, month: int, day: int, today: date) -> float | None:
    """Return the days since then; without a year it is the last such day that there was.

    Of a month that has just begun, half of what is gone; None for a day that never was.
    """
    if not year and month == today.month and day > today.day:
        return today.day / 2
    year = year or today.year - (month > today.month)
    if not 1 <= day <= monthrange(year, month)[1] or date(year, month, day) > today:
        return None
    return float((today - date(year, month, day)).days)
