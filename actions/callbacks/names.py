"""A person's name in what they wrote, whatever their culture; and what is no name."""

import re
import unicodedata

LONGEST, MOST_WORDS = 60, 6
# Behind these a name follows for certain; behind the others, if it looks like one.
SURE = re.compile(
    r"(?:^|[\s,.!])(?:my (?:full |first |last |sur)?name(?:['\u2019]s| is|:)|"
    r"(?:my \w+['\u2019]?s|her|his|their) name is|"
    r"name(?: is)?\s*:|(?:you can |please )?call me|they call me)\s+"
    r"(?:(?:spelled|spelt|actually|now|just)\s+)?",
    re.I,
)
LIKELY = re.compile(
    r"^(?:(?:hi|hello|hey|sure|yes|ok|okay|no|actually|sorry)[\s,.!]+)*"
    r"(?:it['\u2019]?s for|for|i am|i['\u2019]?m|it['\u2019]?s|it is|this is)\s+(?:my \w+,?\s+)?",
    re.I,
)
INTRODUCED = re.compile(
    r"\b(?:(?:[Mm]y|[Hh]er|[Hh]is|[Tt]heir) name(?: is|['\u2019]s)|[Nn]ame ?:|[Tt]his is|[Ii] am|"
    r"[Ii]['\u2019]?m)\s+"
    r"((?:[^\W\d_a-z][\w'\u2019.-]*)(?:\s+[^\W\d_a-z][\w'\u2019-]*){0,3})"
)
# What ends a name within a sentence; the point of "Dr." and "J. R." doesn't.
BREAK = re.compile(
    r"[,;!?]|(?<=\w{4})\.(?=\s|$)|\s(?:and|but)\s(?=i\b|i['\u2019]|please|can|could)", re.I
)
AROUND = " ,;:!-\u2013\"'\u2018\u201c\u201d()/"
POLITE = re.compile(
    r"[,.;!]?\s*(?:\b(?:thanks|thank you|please|sir|madam|here|speaking)\b[\s.!,]*)+$", re.I
)
INITIAL = re.compile(r"\b\w\.$")
NO_FIRST_NAME = re.compile(r"(?:back|at|on|in|tomorrow|today|later|when|after)\b", re.I)
# Words that a name is hardly made of, unless all of it is written as names are.
NO_NAME = frozenset(
    re.findall(
        r"[a-z']+",
        "a about after again all also am an any are as ask asap at be because been before better "
        "but by can can't cant come could did do does doesn't don't dont else feel feeling fine "
        "for from get go good have he hello help her hey hi him his how i i'm i've if im in is "
        "isn't it it's its just know later like maybe me more much my need never no not nothing of "
        "off ok okay on one or our out pain please she so some something sorry still tell thank "
        "thanks that that's the their them then there they this to today tomorrow too want was we "
        "were what what's when where which who why with worried would yes yeah yep you your wrong "
        "hmm hm um uh er erm number name phone call ring afraid scared sure nobody idea",
    )
)


def name_in(text: str, *, trusting: bool = False) -> str | None:
    """Return the name that a text consists of, or that it gives as one; None when it is no name.

    `trusting` takes what could be one, where a name was asked for more than once.
    """
    said = SURE.search(text)
    rest = BREAK.split(text[said.end() :], maxsplit=1)[0] if said else LIKELY.sub("", text)
    name = tidied(rest)
    return name if _is_name(name, trusting=trusting or said is not None) else None


def named_for_sure(text: str) -> str | None:
    """Return a name that a text gives as one ("my name is ..."), and None without."""
    name = name_in(text) if SURE.search(text) else None
    return None if name is None or NO_FIRST_NAME.match(name) else name


def only_name(text: str) -> str | None:
    """Return the name of a text that says it is one ("my name is ...") and nothing else."""
    said = SURE.match(text)
    name = tidied(text[said.end() :]) if said else ""
    return name if len(name.split()) < MOST_WORDS and _is_name(name, trusting=False) else None


def introduced(text: str) -> str | None:
    """Return the name by which somebody introduces themselves within a longer text."""
    found = INTRODUCED.search(text)
    name = tidied(found[1]) if found else ""
    return name if _is_name(name, trusting=False) else None


def tidied(text: str) -> str:
    """Return a name without what stands around it."""
    bare = POLITE.sub("", " ".join(text.split())).strip(AROUND)
    return bare if INITIAL.search(bare) else bare.rstrip(". ")


def is_titled(text: str) -> bool:
    """Tell whether a text of several words is written as names are: "Ludwig van der Berg"."""
    words = text.split()
    ends = len(words) > 1 and words[0][0].isupper() and words[-1][0].isupper()
    return ends and all(word[0].isupper() or len(word) < 4 for word in words)


def is_named(text: str) -> bool:
    """Tell whether a text is a name behind "it's" or the like, written with a capital."""
    lead = LIKELY.match(text)
    name = tidied(text[lead.end() :]) if lead else ""
    return bool(name) and all(word[0].isupper() for word in name.split())


def _is_name(text: str, *, trusting: bool) -> bool:
    words = text.split()
    if not 1 <= len(words) <= MOST_WORDS or len(text) > LONGEST:
        return False
    if not all(_is_word(word) for word in words):
        return False
    strange = {word.casefold().strip(".,").replace("\u2019", "'") for word in words} & NO_NAME
    if is_titled(text):
        return len(strange) < len(words)
    return not strange or (trusting and len(words) > 1 and len(strange) == 1)


def _is_word(word: str) -> bool:
    letters = {mark for mark in word if unicodedata.category(mark)[0] in "LM"}
    return bool(letters) and set(word) - letters <= set("'\u2019.-,\u2018`")
