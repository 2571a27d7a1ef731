"""A conversation without its words, taken apart where the patient was silent for a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from bot.conversation.measures import QUIET


class Spoken(NamedTuple):
    """A message without its words."""

    author: str
    kind: str
    intent: str | None
    turn: str | None
    id: str
    at: datetime


class Rated(NamedTuple):
    """What a patient said last of a message."""

    message: str
    helpful: bool
    at: datetime


class Pressed(NamedTuple):
    """A press of a message's booking button."""

    message: str
    at: datetime


class Booked(NamedTuple):
    """A confirmed booking, and the message whose button led to it, if that is known."""

    message: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Transcript:
    """What is known of a conversation, each part in the order of time."""

    spoken: Sequence[Spoken]
    rated: Sequence[Rated] = ()
    pressed: Sequence[Pressed] = ()
    booked: Sequence[Booked] = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """What was said from a patient's first message until 24 hours without one, and what of it."""

    spoken: Sequence[Spoken]
    rated: Sequence[Rated]
    pressed: Sequence[Pressed]
    booked: Sequence[Booked]

    @property
    def began(self) -> datetime:
        """When the patient wrote first."""
        return next(one.at for one in self.spoken if one.author == "patient")

    @property
    def wrote(self) -> datetime:
        """When the patient wrote last."""
        return next(one.at for one in reversed(self.spoken) if one.author == "patient")


def visits_of(transcript: Transcript) -> list[Visit]:
    """Return a conversation's visits in order; what a patient did to a reply belongs to its."""
    parts: list[list[Spoken]] = []
    wrote: datetime | None = None
    for one in transcript.spoken:
        if one.author == "patient":
            if wrote is None or one.at - wrote >= QUIET:
                parts.append([])
            wrote = one.at
        if parts:
            parts[-1].append(one)
    places = {one.id: number for number, part in enumerate(parts) for one in part}

    def of(number: int, message: str | None, at: datetime) -> bool:
        by_time = sum(part[0].at <= at for part in parts[1:])
        return places.get(message or "", by_time) == number

    return [
        Visit(
            part,
            [one for one in transcript.rated if of(number, one.message, one.at)],
            [one for one in transcript.pressed if of(number, one.message, one.at)],
            [one for one in transcript.booked if of(number, one.message, one.at)],
        )
        for number, part in enumerate(parts)
    ]
