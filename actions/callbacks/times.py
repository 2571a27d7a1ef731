"""Times of day and days as patients name them: "after 5 on Tuesday", "tmrw morning"."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
DATE = re.compile(
    rf"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?: of)? {MONTH}\b"
    rf"|\b{MONTH.replace('month', 'month2')} (?P<day2>[0-3]?\d)(?:st|nd|rd|th)?\b"
)
HOUR = (
    r"(?:(?P<half{0}>half past |quarter past |quarter to )?"
    r"(?P<hour{0}>\d{{1,2}})(?:[:.](?P<minute{0}>[0-5]\d))?(?: ?(?P<noon{0}>am|pm)\b)?"
    r"(?! ?(?:%|st\b|nd\b|rd\b|th\b|years?|weeks?|months?|days?|kg|mg)))"
)
BETWEEN = re.compile(
    rf"\b(?:between |from )?{HOUR.format(1)} ?(?:and|to|till|until|-|–) ?{HOUR.format(2)}"  # noqa: RUF001
)
TIMED = re.compile(
    rf"\b(?P<how>at|around|about|from|after|not before|before|by|till|until) {HOUR.format(1)}"
)
BARE = re.compile(
    rf"(?:^|[ ,]){HOUR.format(1)}(?P<oclock> ?o ?clock)?(?= ?(?:$|[,.]|please|on|today|"
    rf"tomorrow|this))"
)
IN = re.compile(r"\bin (?P<number>a|an|half an|\d{1,3}) ?(?P<unit>hours?|hrs?|minutes?|mins?)\b")
SOON = re.compile(
    r"\b(?:asap|as soon as (?:possible|you can|poss)|straight ?away|right (?:away|now)|"
    r"immediately|"
    r"any ?time|whenever|now|don'?t mind|don'?t care|soon|urgently|at once|no preference|"
    r"(?:doesn'?t|does not) matter|up to you|"
    r"sooner|(?:first thing|earliest) (?:you can|possible))\b"
)
PARTS = (
    (
        re.compile(r"\b(?:mornings?|mornin|first thing|am|before noon|before lunch)\b"),
        (0, 720),
        ", in the morning",
    ),
    (
        re.compile(r"\b(?:afternoons?|arvo|pm|after (?:lunch|noon))\b"),
        (720, 1440),
        ", in the afternoon",
    ),
    (re.compile(r"\b(?:lunch ?time|midday|noon|lunch)\b"), (720, 840), ", around noon"),
    (
        re.compile(r"\b(?:evenings?|tonight|after (?:work|tea|dinner))\b"),
        (1020, 1440),
        ", in the evening",
    ),
)
REPAIRED = (
    (re.compile(r"\b(?:tmrw|tmr|tmrow|2moro|tomor+ow|tommor+ow|tomoro)\b"), "tomorrow"),
    (re.compile(r"[\u2019`]"), "'"),
    (re.compile(r"\b([ap])\.m\b\.?"), r"\1m"),
    (re.compile(r"\bo'clock\b"), "o clock"),
    *((re.compile(rf"\b{word}\b"), str(number)) for number, word in enumerate(NUMBERS, 1)),
    (re.compile(r"\beleven\b"), "11"),
    (re.compile(r"\btwelve\b"), "12"),
)


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names: a day, from which minute of it to which, and how that is told again."""

    day: datetime | None = None
    begins: int = 0
    ends: int = 1440
    told: str = ""
    exact: bool = False
    soon: bool = False
    after_minutes: int | None = None


def named_in(text: str, now: datetime) -> Named | None:
    """Return the time that a text names, None without any; `now` is by the clinic's clock."""
    plain = text.casefold()
    for pattern, instead in REPAIRED:
        plain = pattern.sub(instead, plain)
    if found := IN.search(plain):
        return Named(after_minutes=_minutes(found["number"], found["unit"]))
    day, rest = _day(plain, now)
    time = _time(rest)
    if time is not None:
        begins, ends, told, exact = time
        return Named(day, begins, ends, told, exact)
    if SOON.search(plain) and day is None:
        return Named(soon=True)
    return None if day is None else Named(day)


def _minutes(number: str, unit: str) -> int:
    each = 60 if unit.startswith("h") else 1
    if number.startswith("half"):
        return 30
    return each * (int(number) if number.isdigit() else 1)


def _day(text: str, now: datetime) -> tuple[datetime | None, str]:
    """Return the day that is named, and the text without it."""
    for words, ahead in (("day after tomorrow", 2), ("tomorrow", 1), ("today", 0), ("tonight", 0)):
        if words in text:
            return now + timedelta(days=ahead), text.replace(words, words if ahead == 0 else "")
    if found := DATE.search(text):
        return _date(found, now), DATE.sub(" ", text)
    if re.search(r"\bthis (?:morning|afternoon|evening)\b", text):
        return now, text
    if re.search(r"\bnext week\b(?! ?end)", text):
        return now + timedelta(days=7 - now.weekday()), text
    if re.search(r"\bweek ?end\b", text):
        return now + timedelta(days=(5 - now.weekday()) % 7), text
    for number, name in enumerate(DAYS):
        if re.search(rf"\b(?:{name}s?|{name[:3]}|{name[:4]}|{name[:5]})\b", text):
            return now + timedelta(days=(number - now.weekday()) % 7 or 7), text
    return None, text


def _date(found: re.Match[str], now: datetime) -> datetime | None:
    day = int(found["day"] or found["day2"])
    month = MONTHS.index(found["month"] or found["month2"]) + 1
    for year in (now.year, now.year + 1):
        try:
            named = now.replace(year=year, month=month, day=day)
        except ValueError:
            continue
        if named.date() >= now.date():
            return named
    return None


def _time(text: str) -> tuple[int, int, str, bool] | None:
    """Return from which minute to which, how that is told, and whether it is one moment."""
    if (found := BETWEEN.search(text)) and _minute(found, 2) is not None:
        noon = found["noon1"] or (
            found["noon2"] if int(found["hour1"]) <= int(found["hour2"]) else None
        )
        begins, ends = _minute(found, 1, noon), _minute(found, 2)
        if begins is not None and ends is not None and begins < ends:
            return begins, ends, f", between {_said(begins)} and {_said(ends)}", False
    late = "pm" if re.search(r"\b(?:tonight|evening|night)\b", text) else None
    if (found := TIMED.search(text)) and (at := _minute(found, 1, late)) is not None:
        if found["how"] in ("after", "from", "not before"):
            return at, 1440, f", after {_said(at)}", False
        if found["how"] in ("before", "by", "till", "until"):
            return 0, at, f", before {_said(at)}", False
        return at, at, "", True
    for pattern, (begins, ends), told in PARTS:
        if pattern.search(re.sub(r"\d ?[ap]m\b", "", text)):
            return begins, ends, told, False
    if (found := BARE.search(text)) and _is_time(found):
        at = _minute(found, 1)
        return None if at is None else (at, at, "", True)
    return None


def _is_time(found: re.Match[str]) -> bool:
    """Tell whether a number by itself is a time: "5" alone may be anything."""
    return bool(found["minute1"] or found["noon1"] or found["half1"] or found["oclock"])


def _minute(found: re.Match[str], number: int, noon: str | None = None) -> int | None:
    """Return the minute of the day; an hour up to seven without more is in the afternoon."""
    hour, minute = int(found[f"hour{number}"]), int(found[f"minute{number}"] or 0)
    noon = found[f"noon{number}"] or noon
    if hour > 24 or (noon and not 1 <= hour <= 12):
        return None
    if noon:
        hour = hour % 12 + (12 if noon == "pm" else 0)
    elif 1 <= hour <= 7:
        hour += 12
    added = {"half past ": 30, "quarter past ": 15, "quarter to ": -15}
    at = hour * 60 + minute + added.get(found[f"half{number}"] or "", 0)
    return at if 0 <= at < 1440 else None


def _said(minute: int) -> str:
    hour, rest = divmod(minute, 60)
    if minute % 720 == 0:
        return "noon" if minute else "midnight"
    return f"{(hour - 1) % 12 + 1}{f'.{rest:02}' if rest else ''} {'am' if hour < 12 else 'pm'}"
