"""What a message means to the form of the call-back, by its words and by what the engine knows."""

import re

from actions.callbacks import words
from actions.callbacks.meaning import (
    ABOUT,
    CONFIRMED,
    NAME,
    NUMBER,
    PAYLOAD,
    Read,
    Waiting,
    has_words,
    is_sure,
    leaving,
    opens_a_question,
)
from actions.callbacks.names import only_name
from actions.callbacks.steps import READERS
from actions.callbacks.when import Clock
from actions.heard import Heard
from bot.conversation.phone_numbers import find_number


def read(heard: Heard, waiting: Waiting, clock: Clock, country: str) -> Read:
    """Return what a message means to the form that waits so."""
    text = heard.text.strip()
    if heard.group == "urgent":
        return _unlike_an_emergency(text, waiting) or Read("asks")
    if text.startswith(PAYLOAD) and heard.intent != "call_back":
        return Read("asks")
    if leaving(text):
        return Read("leaves")
    if _goes_on(text, waiting):
        return Read("goes_on")
    if waiting.asides and (early := _after_a_question(heard, text, waiting)):
        return early
    if not has_words(text) and not find_number(text, country):
        return _without_words(text, waiting)
    if _asks_why(heard, text, waiting):
        return Read("why" if _about_the_form(text, heard, waiting) else "asks")
    return READERS[waiting.step](heard, text, waiting, clock, country)


def _unlike_an_emergency(text: str, waiting: Waiting) -> Read | None:
    """Read what the engine alone takes for an emergency, and can't be one as a whole.

    The list of signs has let it through; these texts have no word that could tell of one.
    """
    plain = words.plain(text)
    if waiting.step in (NAME, NUMBER) and words.ONLY_REFUSES.search(plain):
        return Read("refuses")
    if waiting.step == NAME and (name := only_name(text)):
        return Read("fills", {NAME: name})
    if waiting.step == ABOUT and words.JOINT.search(plain):
        return Read("fills", {ABOUT: text})
    return None


def _goes_on(text: str, waiting: Waiting) -> bool:
    """Tell whether a text wants to go on; where a yes is waited for, "go ahead" is one."""
    plain = words.plain(text)
    agrees = waiting.step == CONFIRMED and not waiting.asides and words.YES.search(plain)
    if plain in words.LATE and waiting.step != CONFIRMED:
        return True
    return bool(words.GOES_ON.search(plain)) and not agrees


def _after_a_question(heard: Heard, text: str, waiting: Waiting) -> Read | None:
    """Read what was said to "Shall we go on with the call-back?"."""
    plain = words.plain(text)
    if waiting.step == CONFIRMED and words.RING_ME.search(plain):
        return None
    if heard.intent == "deny" and not words.REFUSES.search(plain):
        return Read("leaves")
    agrees = heard.intent == "affirm" and is_sure(heard)
    if agrees or (heard.intent == "call_back" and not opens_a_question(text)):
        return Read("goes_on")
    return None


def _without_words(text: str, waiting: Waiting) -> Read:
    """Read marks and emojis: a dash leaves out what may be left out, a thumb agrees."""
    if waiting.step == CONFIRMED and words.THUMBS & set(text):
        return Read("confirms")
    dash = waiting.step == ABOUT and not text.strip(" -./")
    return Read("fills", {ABOUT: ""}) if dash else Read("unfit")


def _asks_why(heard: Heard, text: str, waiting: Waiting) -> bool:
    plain = words.plain(text)
    if waiting.step == CONFIRMED and (words.YES.search(plain) or words.what_is_wrong(text)):
        return False
    return bool(words.WHY.search(plain)) or (heard.intent == "ask_why" and is_sure(heard))


def _about_the_form(text: str, heard: Heard, waiting: Waiting) -> bool:
    """Tell whether a why is about what is asked for here, not about an answer given before."""
    if not waiting.asides:
        return len(text.split()) < 8 or not is_sure(heard)
    return bool(re.search(r"\b(?:need|want|ask|my (?:name|number))\b", text, re.I))
