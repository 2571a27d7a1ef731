"""What a message may mean to the form of the call-back, and how sure the engine is of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from actions.callbacks import words
from actions.heard import Heard

NAME, NUMBER, WHEN = "callback_name", "callback_number", "callback_when"
ABOUT, CONFIRMED = "callback_about", "callback_confirmed"
STEPS = (NAME, NUMBER, WHEN, ABOUT, CONFIRMED)

# The engine is sure that a message is about what it knows, by its scope and its nearest example.
IN_SCOPE, FAIRLY, ALIKE = 0.6, 0.5, 0.85
UNKNOWN, SURELY = 0.4, 0.8
LONGEST_ABOUT, LONGEST_WHEN = 500, 120  # characters
LONGEST_TIME = 8  # words
OPENS = re.compile(
    r"^(?:(?:hi|hello|hey|so|and|also|but|or|ok|okay|just|please|well|first)[\s,]+)*"
    r"(?:(?:how|what|whats|what's|when|where|why|who|which|whose)\b(?=.)|"
    r"(?:is|isn't|are|am|was|were|do|does|doesn't|did|can|can't|could|will|won't|would|"
    r"should|has|"
    r"have|may|might|must) (?:it|its|i|you|they|he|she|we|there|this|that|these|those|the|"
    r"my|your|"
    r"his|her|our|any|anyone|people|patients|results|stem|cells|insurance|both)\b|tell me )",
    re.I,
)
PAYLOAD = "/"  # typed words never begin with it

Does = Literal[
    "fills", "asks", "leaves", "goes_on", "unfit", "why", "refuses", "fixes", "confirms", "same"
]


@dataclass(frozen=True, slots=True)
class Read:
    """What a message does for the form, and what it fills in: a value for each slot it names.

    `fixes` without a slot in `wrong` asks what to change; `asks` is no business of the form.
    """

    does: Does
    values: Mapping[str, Any] = field(default_factory=dict)
    wrong: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the form waits for: a step, how often it was missed, and questions since it asked."""

    step: str
    tries: int = 0
    asides: int = 0


def leaving(text: str) -> bool:
    """Tell whether a text says that nobody need ring."""
    plain = words.plain(text)
    if "?" in text and OPENS.search(text):
        return False
    return bool(words.LEAVES.search(plain) or words.CALLS_OFF.search(plain))


def is_sure(heard: Heard) -> bool:
    """Tell whether the engine knows for sure what a message is about."""
    fairly = heard.scope >= FAIRLY and heard.nearest >= ALIKE
    return heard.scope >= IN_SCOPE or fairly


def opens_a_question(text: str) -> bool:
    """Tell whether a text is put as a question."""
    return bool(OPENS.search(text)) or ("?" in text and any(map(str.isalpha, text)))


def is_question(heard: Heard, text: str) -> bool:
    """Tell whether a message is somebody else's business: a question, a wish, small talk."""
    if heard.intent in ("affirm", "deny", "call_back"):
        return False
    off = heard.intent == "decline/off_topic"
    return opens_a_question(text) or (is_sure(heard) and not off)


def has_words(text: str) -> bool:
    """Tell whether there is a letter or a digit in a text."""
    return any(map(str.isalnum, text))
