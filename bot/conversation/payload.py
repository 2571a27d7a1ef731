"""What tapping a button sends: a small language of our own that reaches no engine command."""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass

ASK = re.compile(r"ask:(?P<answer>[a-z0-9_]+)(@(?P<joint>knee|general))?")
COMMANDS = {
    "more": "tell_more",
    "source": "ask_source",
    "book": "book",
    "call": "call_back",
    "person": "talk_to_person",
}
# The engine takes no intent of small talk by name, but knows these words.
WORDS = {"helpful": "That helped", "not-helpful": "That did not help"}


@dataclass(frozen=True, slots=True)
class Ask:
    """The wish for one answer, in its knee or general version where that was chosen."""

    answer: str
    joint: str | None = None

    def __str__(self) -> str:
        return f"ask:{self.answer}" + (f"@{self.joint}" if self.joint else "")


def read_ask(text: str) -> Ask | None:
    """Return which answer a payload asks for, or None when it is something else."""
    match = ASK.fullmatch(text)
    return Ask(match["answer"], match["joint"]) if match else None


def for_engine(text: str, answers: Collection[str]) -> str:
    """Return what the engine is told: an intent or words for a payload, else the patient's words.

    A leading slash is taken off typed words, because the engine would obey it.
    """
    ask = read_ask(text)
    if ask is not None and ask.answer in answers:
        entities = {"answer": ask.answer} | ({"joint": ask.joint} if ask.joint else {})
        return f"/answer{json.dumps(entities)}"
    if text in COMMANDS:
        return f"/{COMMANDS[text]}"
    if text in WORDS:
        return WORDS[text]
    return text.strip().lstrip("/").strip() or "-"
