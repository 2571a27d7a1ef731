"""Reads what somebody at the desk knows of a patient: a number, a reference, or a link."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from bot.conversation.codes import code_key, read_code
from bot.conversation.phone_numbers import NotANumber, read_number
from bot.conversation.references import NotAReference, ids_between
from bot.conversation.tokens import BadToken, verify, verify_ids
from bot.store.rights import Between, Carried, Numbers, Wanted

KINDS = {"number": "Number", "reference": "Reference", "link": "Link or code"}
LONGEST = 4000
# Between these stands what a link carries.
PARTS = re.compile(r"[\s/?&=#\"'<>]+")


class CannotRead(ValueError):
    """What was typed is nothing that can be looked for; the text says what to type."""


def read_wanted(kind: str, text: str, *, secret: str, country: str) -> Wanted:
    """Return what is to be looked for; CannotRead. `country` is how numbers are written."""
    text = text.strip()[:LONGEST]
    if not text:
        raise CannotRead("Type a telephone number, a reference, or a link.")
    try:
        if kind == "number":
            return Numbers(number_forms(read_number(text, country)))
        if kind == "reference":
            return Between(*ids_between(text))
    except (NotANumber, NotAReference) as error:
        raise CannotRead(str(error)) from None
    return _linked(text, secret)


def number_forms(number: str) -> tuple[str, ...]:
    """Return an E.164 number in every way in which it may be kept.

    WhatsApp knows it without the plus, Mexican ones with a 1 behind the country's code, and
    Brazilian ones perhaps without the 9 before the last eight digits.
    """
    digits = number.removeprefix("+")
    forms = [number, digits]
    if digits.startswith("52") and len(digits) == 12:
        forms.append(f"521{digits[2:]}")
    if digits.startswith("55") and len(digits) == 13 and digits[4] == "9":
        forms.append(digits[:4] + digits[5:])
    return tuple(forms)


def _linked(text: str, secret: str) -> Wanted:
    plain = unquote(text)
    if code := read_code(plain):
        return Carried(code_key(secret, code))
    for part in PARTS.split(plain):
        for read in _readers(secret):
            try:
                known = read(part)
            except BadToken:
                continue
            return Between(known, known)
    raise CannotRead(
        "That is none of our links. Paste the whole booking link, the text with the code for "
        "WhatsApp, or the conversation's own key."
    )


def _readers(secret: str) -> Iterator[Callable[[str], str]]:
    yield lambda part: verify(secret, "conversation", part)
    yield lambda part: verify_ids(secret, "booking", part)[0]
