"""What identifies people by digits or addresses: numbers, dates, postcodes, streets, links."""

import re
from collections.abc import Callable

from bot.conversation.phone_numbers import find_numbers

UNIT = (
    r"(?!\s*(?:weeks?|wks?|months?|mths?|days?|years?|yrs?|hours?|hrs?|mins?|minutes?|times|mg|ml|mm|cm"
    r"|kg|lbs?|miles?|percent|%)\b)"
)
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|(?-i:May|MAY))"
)
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
EMAIL = re.compile(
    r"[\w.+'-]+\s?@\s?[\w-]+(?:\.[\w-]+)+"
    r"|\b[\w.+-]+(?:\s+dot\s+[\w+-]+)*\s*(?:\(at\)|\bat\b)\s*[\w-]+\s*(?:\.|\bdot\b)\s*(?:com|org|net|co|uk)\b"
    r"(?:\s*(?:\.|\bdot\b)\s*uk\b)?",
    re.I,
)
HANDLE = re.compile(r"(?<![\w@])@\w{2,}")
LINK = re.compile(
    r"\b(?:https?://|www\.)\S+|\b(?:[\w-]+\.)+(?:com|org|net|info|(?:co|ac|org|nhs)\.uk)\b(?:/\S*)?",
    re.I,
)
DATE = re.compile(
    rf"(?<!\d)(?:\d{{4}}([-/.])\d{{1,2}}\1\d{{1,2}}|{DAY}([-/.])(?:0?[1-9]|1[0-2])\2(?:\d{{4}}|\d{{2}})"
    rf"|(?:0?[1-9]|1[0-2])([-/.]){DAY}\3(?:\d{{4}}|\d{{2}}))(?!\d){UNIT}"
    rf"|\b{DAY}\s*(?:of\s+)?{MONTH}\b\.?(?:,?\s*(?:'\d{{2}}|\d{{4}})\b)?"
    rf"|\b{MONTH}\.?\s+(?:the\s+)?{DAY}\b{UNIT}(?:,?\s*\d{{4}}\b)?",
    re.I,
)
BIRTH = re.compile(
    r"\b(d\.?o\.?b\.?|date of birth|birth ?day|born(?: on| in)?)((?:\s+is)?[\s:]*)"
    r"\d{1,4}(?:[\s./-]+\d{1,4}){0,2}",
    re.I,
)
GROUPS = re.compile(r"\+?\(?\d(?:[\s()./-]{0,3}\d){6,}")
YEARS = re.compile(r"(?:19|20)\d\d(?:\s*[-/]\s*|\s+)(?:19|20)\d\d")
SPOKEN = re.compile(
    r"\b(?:(?:zero|oh|nought|one|two|three|four|five|six|seven|eight|nine|double|triple)\b"
    r"[\s,.-]*){7,}",
    re.I,
)
INSURANCE = re.compile(r"\b[A-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b", re.I)
CODE = re.compile(
    r"\b(ref(?:erence)?|nhs|mrn|patient|policy|account|case|booking|passport|member(?:ship)?|insurance"
    r"|licen[cs]e|id)\b"
    r"((?:\s+(?:id|no|num|number|ref|is))*[\s.:#-]*)(?=[\w-]*\d[\w-]*\d[\w-]*\d)[\w-]{4,}",
    re.I,
)
LONG = re.compile(
    r"(?<![£$€\w.,])[A-Z]{0,5}[-/#]?\d{5,6}[A-Z]?\b(?!\s*(?:steps|pounds|quid|dollars|euros|rupees"
    r"|cells|units|iu|usd|gbp|inr|people|patients|mg|mcg|metres|meters|feet)\b)",
    re.I,
)
# An inward code never has C, I, K, M, O or V: "C5 6mm" is a disc, and no postcode.
POSTCODE = re.compile(
    r"\b(?:(?!(?-i:[clstCLST]\d\s+\d(?:st|nd|rd|th))\b)[A-Z]{1,2}\d[A-Z\d]?\s*\d[ABD-HJLNP-UW-Z]{2}"
    r"|[ABCEGHJ-NPRSTVXY]\d[A-Z]\s\d[A-Z]\d)\b",
    re.I,
)
SURE_STREET = r"street|road|rd|lane|avenue|crescent|terrace|boulevard|mews|gardens"
STREET = (
    rf"{SURE_STREET}|st|ln|ave|drive|close|court|way|place|grove|hill|park|square|row|walk|view"
    r"|house"
)
BETWEEN = (
    r"(?:weeks?|months?|days?|years?|hours?|minutes?|mins?|miles?|of|in|the|to|on|at|or|and|out)\b"
)
HOUSE = r"\b\d{1,4}[A-Za-z]?,?\s+"
ADDRESS = re.compile(
    r"(?i:\b(?:flat|apartment|apt|unit|suite)\s+\w{1,4},?\s+)?"
    rf"(?:{HOUSE}(?:(?!(?i:{BETWEEN}))[\w'-]+\s+){{1,3}}(?i:{SURE_STREET})\b"
    rf"|{HOUSE}(?:[A-Z][\w'-]+\s+){{1,3}}(?i:{STREET})\b"
    r"|\b(?:(?!(?:The|In|On|At|My|A)\b)[A-Z][\w'-]+\s+){1,3}"
    rf"(?:{SURE_STREET.title()})\b)"
    r"|(?i:\bp\.?\s?o\.?\s?box\s+\d+)"
)


def remove_numbers(text: str, country: str) -> str:
    """Put a plain word in brackets where digits, addresses or links would tell who somebody is."""
    for pattern, instead in BEFORE:
        text = pattern.sub(instead, text)
    for begin, end in reversed(find_numbers(text, country)):
        if sum(map(str.isdigit, text[begin:end])) > 6 and not YEARS.fullmatch(text[begin:end]):
            text = f"{text[:begin]}[number]{text[end:]}"
    for pattern, instead in BEHIND:
        text = pattern.sub(instead, text)
    return text


def _unless_years(match: re.Match[str]) -> str:
    return match[0] if YEARS.fullmatch(match[0].strip()) else "[number]"


type Instead = str | Callable[[re.Match[str]], str]

BEFORE: tuple[tuple[re.Pattern[str], Instead], ...] = (
    (EMAIL, "[email]"),
    (LINK, "[link]"),
    (HANDLE, "[name]"),
    (BIRTH, r"\1\2[date]"),
    (DATE, "[date]"),
)
BEHIND: tuple[tuple[re.Pattern[str], Instead], ...] = (
    (GROUPS, _unless_years),
    (SPOKEN, "[number] "),
    (INSURANCE, "[number]"),
    (POSTCODE, "[postcode]"),
    (CODE, r"\1\2[number]"),
    (LONG, "[number]"),
    (ADDRESS, "[address]"),
)
