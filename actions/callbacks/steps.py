"""What a message means where the form waits for a name, a number, a time, a subject, or a yes."""

import re
from typing import Any

from actions.callbacks import words
from actions.callbacks.meaning import (
    ABOUT,
    ALIKE,
    CONFIRMED,
    LONGEST_ABOUT,
    LONGEST_TIME,
    LONGEST_WHEN,
    NAME,
    NUMBER,
    SURELY,
    UNKNOWN,
    WHEN,
    Read,
    Waiting,
    is_question,
    is_sure,
    opens_a_question,
)
from actions.callbacks.names import is_named, is_titled, name_in, named_for_sure, tidied
from actions.callbacks.times import DAYS, named_in
from actions.callbacks.when import Clock, own_words, read_when, soon
from actions.heard import Heard
from bot.conversation.phone_numbers import find_number


def _common(heard: Heard, text: str) -> Read | None:
    """Read what means the same wherever a name, a number or a time is waited for."""
    if words.REFUSES.search(words.plain(text)):
        return Read("refuses")
    if heard.intent == "call_back":
        return Read("why" if opens_a_question(text) else "goes_on")
    if opens_a_question(text) and heard.scope < UNKNOWN:
        return Read("why")
    if is_question(heard, text):
        return Read("asks")
    if heard.intent == "deny" and (is_sure(heard) or words.plain(text) in ("no", "never", "nope")):
        return Read("leaves")
    return None


def _is_elsewhere(heard: Heard, text: str) -> bool:
    """Tell whether a time that a text names belongs to a question ("will it hurt in a week")."""
    if re.match(r"(?i)(?:how|what|why|who|where)\b", text):
        return True
    long = opens_a_question(text) or len(text.split()) > LONGEST_TIME
    return is_sure(heard) and heard.group in ("answer", "decline") and long


def _is_only_a_time(heard: Heard, text: str, clock: Clock) -> bool:
    """Tell whether a short text names a time, and nothing that somebody could be called."""
    greeting = heard.group == "chat" and is_sure(heard)
    if greeting or opens_a_question(text) or is_named(text) or len(text.split()) > LONGEST_TIME:
        return False
    named = named_in(text, clock.local)
    whole = len(text.split()) > 1 or text.casefold().strip(" .,") in (*DAYS, "asap", "tomorrow")
    return named is not None and whole and not _is_elsewhere(heard, text)


def _read_name(heard: Heard, text: str, waiting: Waiting, clock: Clock, country: str) -> Read:
    if (found := find_number(text, country)) and not opens_a_question(text):
        name = name_in(
            re.sub(r"(?i)\b(?:on|at|tel|mobile|phone|number|my|is|and)\b", " ", found[1])
        )
        return Read("fills", {NUMBER: found[0]} | ({NAME: name} if name else {}))
    if name := named_for_sure(text):
        return Read("fills", {NAME: name})
    if not is_titled(tidied(text)) and _is_only_a_time(heard, text, clock):
        return Read("fills", {WHEN: read_when(text, clock)})
    surely_no_name = heard.scope >= SURELY or not (is_titled(tidied(text)) or is_named(text))
    if (surely_no_name or opens_a_question(text)) and (common := _common(heard, text)):
        return common
    agreed = heard.intent == "affirm" and heard.nearest >= ALIKE
    name = None if agreed else name_in(text, trusting=waiting.tries > 0)
    return Read("fills", {NAME: name}) if name else Read("unfit")


def _read_number(heard: Heard, text: str, waiting: Waiting, clock: Clock, country: str) -> Read:
    found = find_number(text, country)
    if found and not (text.endswith("?") and opens_a_question(text.rstrip("?"))):
        return Read("fills", {NUMBER: found[0]})
    if name := named_for_sure(text):
        return Read("fills", {NAME: name})
    if words.SAME.search(words.plain(text)):
        return Read("same")
    if words.REFUSES.search(words.plain(text)):
        return Read("refuses")
    of_numbers = heard.intent == "clinic/contact" and not opens_a_question(text)
    common = None if of_numbers else _common(heard, text)
    return common or Read("unfit")


def _is_a_subject(heard: Heard, text: str) -> bool:
    """Tell whether a text that names no time says what the call is about ("pain in my knee")."""
    named = any(entity.type in ("body_part", "condition", "treatment") for entity in heard.entities)
    in_a_time = re.match(r"(?i)(?:when|while|after|before|once|as|any|not|only|except)\b", text)
    return named and in_a_time is None and not opens_a_question(text)


def _read_when(heard: Heard, text: str, waiting: Waiting, clock: Clock, country: str) -> Read:
    values: dict[str, Any] = {}
    rest = text
    if (found := find_number(text, country)) and not opens_a_question(text):
        values[NUMBER], rest = found
    if not _is_elsewhere(heard, rest) and (when := read_when(rest, clock)):
        values[WHEN] = when
    elif name := named_for_sure(text):
        values[NAME] = name
    if values:
        return Read("fills", values)
    if words.SKIPS.search(words.plain(text)):
        return Read("fills", {WHEN: soon(clock)})
    if slot := words.what_is_wrong(text):
        return Read("fixes", wrong=slot)
    in_a_time = text[:5].casefold() == "when " and "?" not in text and not is_sure(heard)
    if not in_a_time and (common := _common(heard, text)):
        return common
    if _is_a_subject(heard, text):
        return Read("fills", {ABOUT: text[:LONGEST_ABOUT]})
    agreed = heard.intent == "affirm" or not re.search(r"[^\W\d_]{2}", text)
    if agreed or len(text.split()) < 2 or len(text) > LONGEST_WHEN:
        return Read("unfit")
    return Read("fills", {WHEN: own_words(text, clock)})


def _read_about(heard: Heard, text: str, waiting: Waiting, clock: Clock, country: str) -> Read:
    plain = words.plain(text)
    refuses = words.SKIPS.search(plain) or words.REFUSES.search(plain) or heard.intent == "deny"
    if refuses:
        return Read("fills", {ABOUT: ""})
    if name := named_for_sure(text):
        return Read("fills", {NAME: name})
    if slot := words.what_is_wrong(text):
        return Read("fixes", wrong=slot)
    moved = words.RATHER.search(plain) or words.LATE_TIME.search(plain)
    if moved and (when := read_when(text, clock)):
        return Read("fills", {WHEN: when})
    if heard.intent == "call_back" and opens_a_question(text):
        return Read("why")
    # What the documents answer is answered at once; what they don't is what the call is for.
    asked = opens_a_question(text) and heard.group in ("answer", "clinic", "chat")
    chat = heard.group == "chat" and is_sure(heard)
    if asked or chat:
        return Read("asks")
    agreed = heard.intent == "affirm" and is_sure(heard)
    if agreed or not re.search(r"[^\W\d_]{2}", text):
        return Read("unfit")
    return Read("fills", {ABOUT: text[:LONGEST_ABOUT]})


def _read_confirmed(heard: Heard, text: str, waiting: Waiting, clock: Clock, country: str) -> Read:
    plain = words.plain(text)
    if (found := find_number(text, country)) and not text.endswith("?"):
        return Read("fills", {NUMBER: found[0]})
    if name := named_for_sure(text) or _corrected_name(text):
        return Read("fills", {NAME: name})
    when = None if _is_elsewhere(heard, text) else read_when(text, clock)
    if when is not None and (words.INSTEAD.search(plain) or len(plain.split()) < 5):
        return Read("fills", {WHEN: when})
    if slot := words.what_is_wrong(text):
        return Read("fixes", wrong=slot)
    if words.REFUSES.search(plain):
        return Read("leaves")
    agreed = words.YES.search(plain)
    if (agreed or (heard.intent == "affirm" and is_sure(heard))) and "?" not in text:
        return Read("fixes" if words.BUT.search(plain) else "confirms")
    if words.WRONG.search(plain) or heard.intent == "deny":
        return Read("fixes")
    if heard.intent == "call_back":
        return Read("why" if opens_a_question(text) else "unfit")
    return Read("asks") if is_question(heard, text) else Read("unfit")


def _corrected_name(text: str) -> str | None:
    """Return the name in "no, it's Thomas Reed"; it must be written as names are."""
    if not re.match(r"(?i)(?:no|actually|sorry)\b", text):
        return None
    name = name_in(text)
    return name if name and is_titled(name) else None


READERS = {
    NAME: _read_name,
    NUMBER: _read_number,
    WHEN: _read_when,
    ABOUT: _read_about,
    CONFIRMED: _read_confirmed,
}
