"""Reads what a person's messages ask for, in order: those that belong together make one step."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.channels.whatsapp.carrying import words_beside
from bot.channels.whatsapp.commands import Command, read_command
from bot.channels.whatsapp.feelings import felt
from bot.channels.whatsapp.inbound import (
    Cards,
    Content,
    Edit,
    Media,
    NewNumber,
    Order,
    Place,
    Reaction,
    Received,
    Revoke,
    Tapped,
    Text,
    Told,
    words_of,
)
from bot.channels.whatsapp.keys import line_key
from bot.channels.whatsapp.rendering import read_rest
from bot.channels.whatsapp.steps import (
    Carry,
    Do,
    More,
    Move,
    Open,
    React,
    Rewrite,
    Step,
    TakeBack,
    Talk,
)
from bot.conversation import Said
from bot.conversation.codes import read_code
from bot.store.whatsapp import Waiting

# So much is read together; more makes another turn.
MOST_CHARACTERS = 4000
# What the assistant is told of an emoji that stands alone, in words that it knows.
HELPED, DID_NOT_HELP = "That helped", "That did not help"


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads what came, with the commands and the words for what isn't text.

    `carry` is what we put around a code before a patient sends it.
    """

    commands: Mapping[str, Command]
    shown: Mapping[str, str]
    carry: str = ""

    def steps(self, came: Iterable[tuple[Waiting, Received]]) -> list[Step]:
        """Return what the messages ask for, in order."""
        steps: list[Step] = []
        for waiting, received in came:
            step = self._step(waiting, received)
            last = steps[-1] if steps else None
            if isinstance(last, Talk) and isinstance(step, Talk) and _together(last, step):
                steps[-1] = _joined(last, step)
            else:
                steps.append(step)
        return [_felt(step) if isinstance(step, Talk) else step for step in steps]

    def _step(self, waiting: Waiting, received: Received) -> Step:
        place = ((waiting.id,), received.id, waiting.sent_at)
        key, content = line_key(waiting.key), received.content
        match content:
            case Reaction(to, emoji):
                return React(*place, to, emoji, key)
            case Edit(original, changed):
                said, kinds = self._line(key, changed)
                return Rewrite(*place, original, self._as_edited(said), kinds)
            case Revoke(original):
                return TakeBack(*place, original, key)
            case NewNumber(phone, user_id):
                return Move(*place, phone, user_id, key)
            case Told():
                return Move(*place, None, None, key)
            case Tapped(payload, label):
                step = self._tap(place, key, payload, label)
                of_template = received.raw.get("type") == "button" and received.replies_to
                if isinstance(step, Talk) and of_template:
                    return Open(*place, of_template, step.said[0])
                return step
            case Text(body) if code := read_code(body):
                return Carry(*place, code, key, words_beside(body, self.carry))
            case Text(body) if command := read_command(self.commands, body):
                return Do(*place, command, Said(body, key))
        said, kinds = self._line(key, content)
        return Talk(*place, (said,), kinds, kept=waiting.is_line)

    def _tap(
        self, place: tuple[tuple[int, ...], str, datetime], key: str, payload: str, label: str
    ) -> Step:
        if rest := read_rest(payload):
            return More(*place, *rest)
        for words in (payload, label):
            if command := read_command(self.commands, words):
                return Do(*place, command, Said(words, key))
        return Talk(*place, (Said(payload, key, label),), tapped=True)

    def _line(self, key: str, content: Content) -> tuple[Said, tuple[str, ...]]:
        """Return a line, and what of it can't be read."""
        if isinstance(content, Text) and content.body.strip():
            return Said(content.body, key), ()
        kind = kind_of(content)
        if words := words_of(content).strip():
            return Said(words, key, f"{self.shown[kind]} {words}"), (kind,)
        return Said(None, key, self.shown[kind]), (kind,)

    def _as_edited(self, said: Said) -> Said:
        shown = said.text if said.shown is None else said.shown
        return replace(said, shown=f"{self.shown['edited']} {shown}")


def kind_of(content: Content) -> str:
    """Return the name under which our texts speak of a content that isn't words."""
    match content:
        case Media(kind=kind):
            return kind
        case Place():
            return "place"
        case Cards():
            return "cards"
        case Order():
            return "order"
    return "unreadable"


def _felt(step: Talk) -> Talk:
    """Return a step that is nothing but an emoji as what it says of the answer before it."""
    feeling = felt(step.said[0].text or "") if len(step.said) == 1 else None
    if feeling is None or step.tapped or step.kinds:
        return step
    line = step.said[0]
    words = HELPED if feeling else DID_NOT_HELP
    return replace(step, said=(replace(line, text=words, shown=line.text),))


def _together(one: Talk, other: Talk) -> bool:
    # What a line that is answered already says mustn't decide on the reply to others.
    if one.tapped or other.tapped or one.kept != other.kept:
        return False
    return _length(one.said) + _length(other.said) <= MOST_CHARACTERS


def _length(said: Sequence[Said]) -> int:
    return sum(len(line.text or "") + 1 for line in said)


def _joined(one: Talk, other: Talk) -> Talk:
    """Return both as one step, as old as the first."""
    return replace(
        other,
        updates=one.updates + other.updates,
        sent_at=one.sent_at,
        said=one.said + other.said,
        kinds=one.kinds + other.kinds,
    )
