"""What a patient may tap: up to three buttons, or a list where buttons would say too little."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.whatsapp.limits import (
    BUTTON_TITLE,
    BUTTONS,
    CHOICE_ID,
    ELLIPSIS,
    ROW_DESCRIPTION,
    ROW_TITLE,
    ROWS,
    shortened,
    size,
)
from bot.channels.whatsapp.words import Words
from bot.conversation.message import Message, Suggestion

PERSON = "person"
BOOK = "book"

type Short = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to tap: what it sends, its whole label, and that in at most 20 characters."""

    payload: str
    label: str
    short: str | None

    @property
    def whole(self) -> bool:
        """Whether a button shows the label as it is."""
        return self.short == self.label

    def title(self, most: int) -> str:
        """Return the best title of at most this size; never empty."""
        if 1 <= size(self.label) <= most:
            return self.label
        return self.short or shortened(self.label, most) or ELLIPSIS


def choices_of(message: Message, words: Words, short: Short) -> list[Choice]:
    """Return what the message offers, and a person where it didn't answer and there is room.

    What can't be sent is left out: a payload that is empty, too long or there already.
    """
    own = {PERSON: words.person, BOOK: words.book}
    offers = {one.payload: one for one in reversed(message.suggestions)}
    ordered = [offers.pop(one.payload) for one in message.suggestions if one.payload in offers]
    choices = [
        _choice(one, short(one.payload) or own.get(one.payload))
        for one in ordered
        if 1 <= size(one.payload) <= CHOICE_ID and one.payload.strip()
    ]
    room = {"decline": BUTTONS, "clarify": ROWS}.get(message.kind, 0)
    if len(choices) < room and PERSON not in [one.payload for one in choices]:
        choices.append(Choice(PERSON, words.person, words.person))
    return choices


def _choice(suggestion: Suggestion, short: str | None) -> Choice:
    label = " ".join(suggestion.label.split())
    for title in (label, " ".join((short or "").split())):
        if 1 <= size(title) <= BUTTON_TITLE:
            return Choice(suggestion.payload, label, title)
    return Choice(suggestion.payload, label, None)


def with_booking(choices: Sequence[Choice], words: Words) -> list[Choice]:
    """Return the choices with one to book; of three or more it takes the place of a question."""
    book = Choice(BOOK, words.book, words.book)
    others = [one for one in choices if one.payload not in (PERSON, BOOK)]
    person = [one for one in choices if one.payload == PERSON]
    most = BUTTONS if len(choices) <= BUTTONS else ROWS
    return [*others[: most - 1 - len(person)], book, *person]


def fits_buttons(kind: str, choices: Sequence[Choice]) -> bool:
    """Return whether buttons say what is meant; who is asked back must see whole questions."""
    titles = {one.short.casefold() for one in choices if one.short}
    whole = kind != "clarify" or all(one.whole for one in choices)
    return len(titles) == len(choices) <= BUTTONS and whole


def buttons(choices: Sequence[Choice]) -> dict[str, Any]:
    """Return the action of an interactive message with the first three choices as buttons."""
    titles = _different((one.title(BUTTON_TITLE) for one in choices[:BUTTONS]), BUTTON_TITLE)
    replies = (
        {"id": one.payload, "title": title} for one, title in zip(choices, titles, strict=False)
    )
    return {"buttons": [{"type": "reply", "reply": reply} for reply in replies]}


def rows(choices: Sequence[Choice], words: Words) -> dict[str, Any]:
    """Return the action of an interactive message with the first ten choices as a list."""
    titles = _different((one.title(ROW_TITLE) for one in choices[:ROWS]), ROW_TITLE)
    listed = []
    for one, title in zip(choices, titles, strict=False):
        row = {"id": one.payload, "title": title}
        if one.label and title != one.label:
            row["description"] = shortened(one.label, ROW_DESCRIPTION)
        listed.append(row)
    return {"button": words.choose, "sections": [{"rows": listed}]}


def _different(titles: Iterable[str], most: int) -> list[str]:
    """Return the titles with a number where there would be the same one twice."""
    told: list[str] = []
    taken: set[str] = set()
    for title in titles:
        number, own = 1, title
        while own.casefold() in taken:
            number += 1
            own = f"{shortened(title, most - len(f' {number}'))} {number}"
        taken.add(own.casefold())
        told.append(own)
    return told
