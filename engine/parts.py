"""Splits a message into its sentences: people ask two things at once, or tell a story first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

WH = r"(?:how|what|whats|what's|when|where|why|who|which|whether)"
HELPS = (
    r"(?:is|isn't|isnt|are|aren't|am|was|were|do|does|doesn't|doesnt|did|can|can't|cant|could|will|"
    r"won't|wont|would|should|shouldn't|has|have|had|may|might|must)"
)
WHOM = (
    r"(?:it|its|i|u|you|they|he|she|we|there|this|that|these|those|the|my|your|his|her|their|our|a|an|any|"
    r"anyone|anybody|someone|people|patients|results|stem|cells|insurance|insurers|both|one|all)"
)
OPENER = rf"(?:{WH}\b|{HELPS}\s+{WHOM}\b)"
GREETING = (
    r"(?:hi|hiya|hello|hey|so|and|also|but|or|ok|okay|just|please|pls|plz|sir|madam|doctor|doc|dr|well|"
    r"then|plus|quick question|quick q|question|secondly|first|second|finally|lastly|thanks)"
)
SENTENCE_END = re.compile(
    r"(?<=[?!])[\s?!.]*(?=\S)|(?<=[a-z)\"'][.\u2026])[\s.\u2026]+(?=\S)|\s*\n+\s*|\s*;\s+", re.I
)
AND = r"(?:,\s*(?:and|or|but|also|plus)?|\b(?:and|or|but|also|plus|as well as)\b)"
JOINED = re.compile(rf"\s*{AND}\s*(?:also\s+|then\s+|secondly\s+)?(?={OPENER})", re.I)
ASKS = re.compile(
    rf"^(?:{GREETING}[\s,.:-]+)*{OPENER}|\?\W*$|"
    r"\b(?:wonder(?:ed|ing|s)?|(?:tell|let) me|any idea|explain|my question|asking|not sure|"
    r"(?:want|wanted|like|need|love|curious) to (?:know|ask|hear|find out))\b",
    re.I,
)
# What somebody tells before the question in the same sentence: "I had PRP, so when does it work".
TOLD = re.compile(
    rf"^(?:{GREETING}[\s,.:-]+)*(?:i|we|he|she|they|mum|mom|dad|(?:my|our)\s+\w+)"
    r"(?:['\u2019](?:ve|s|d)|\s+(?:have|has|had|already|also|only|once|just))*\s+"
    r"(?:had|tried|did|got|took|used|done|finished|was given|been (?:given|on|through))\b"
    rf"[^.?!]*?(?:,\s*(?:so|and|but|now)?|\s(?:so|but|and))\s*(?={OPENER})",
    re.I,
)
LEAST_WORDS = 2
MOST_QUESTIONS = 4
MOST_PARTS = 12
LONG = 80  # words; the encoder reads little more


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence or a question of a message; `asks` tells whether it asks for something."""

    text: str
    asks: bool

    @property
    def told(self) -> int:
        """How many letters of it come before the question that it asks."""
        found = TOLD.match(self.text)
        return found.end() if found else 0


def split_parts(text: str) -> tuple[Part, ...]:
    """Return the message's sentences and questions in order; one part when it is but one."""
    parts: list[Part] = []
    for sentence in SENTENCE_END.split(text):
        for piece in _questions(sentence):
            piece = piece.strip(" ,;-")
            if len(piece.split()) >= LEAST_WORDS or not parts:
                parts.append(Part(piece, bool(ASKS.search(piece) or TOLD.match(piece))))
            else:
                before = parts.pop()
                parts.append(Part(f"{before.text} {piece}", before.asks))
    return tuple(part for part in parts if part.text) or (Part(text, True),)


def parts_of(text: str, split: Sequence[Part]) -> tuple[Part, ...]:
    """Return those of the text's parts that are to be read one by one, none when there is but one.

    All of them are looked through for red flags; those that ask are also answered by themselves,
    when a message asks several things or is a long story.
    """
    parts = split[-MOST_PARTS:]
    asked = [part for part in parts if part.asks][:MOST_QUESTIONS]
    if len(parts) == 1:
        return ()
    alone = len(asked) == 1 and len(text.split()) <= LONG
    return tuple(Part(part.text, part in asked and not alone) for part in parts)


def gist(text: str) -> str:
    """Return as much as the encoder reads: of a long story what it asks, and the end."""
    if len(text.split()) <= LONG:
        return text
    parts = split_parts(text)
    from_the_end = range(len(parts) - 1, -1, -1)
    chosen: set[int] = set()
    for number in sorted(from_the_end, key=lambda n: not parts[n].asks):
        if sum(len(parts[n].text.split()) for n in (*chosen, number)) <= LONG or not chosen:
            chosen.add(number)
    return " ".join(parts[number].text for number in sorted(chosen))


def _questions(sentence: str) -> list[str]:
    """Split "is it safe and does it hurt"; a first piece that asks nothing stays with the next."""
    pieces: list[str] = []
    start = 0
    for joint in JOINED.finditer(sentence):
        before = sentence[start : joint.start()]
        if len(before.split()) >= LEAST_WORDS and ASKS.search(before.strip()):
            pieces.append(before)
            start = joint.end()
    return [*pieces, sentence[start:]]
