"""What a person's messages may ask for."""

from dataclasses import dataclass
from datetime import datetime

from bot.channels.whatsapp.commands import Command
from bot.conversation import Said


@dataclass(frozen=True, slots=True)
class Step:
    """Something to be done for a person, and the messages that ask for it."""

    updates: tuple[int, ...]
    message_id: str  # WhatsApp's, of the last of them
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Talk(Step):
    """Lines to be answered; `kinds` came with them and can't be read.

    `kept` tells that the conversation has them already.
    """

    said: tuple[Said, ...]
    kinds: tuple[str, ...] = ()
    tapped: bool = False
    kept: bool = False


@dataclass(frozen=True, slots=True)
class More(Step):
    """The next part of one of our messages."""

    of: str
    part: int


@dataclass(frozen=True, slots=True)
class Open(Step):
    """A tap on a template, by WhatsApp's id for it: the line that it is."""

    template: str
    said: Said


@dataclass(frozen=True, slots=True)
class Do(Step):
    """A command, in the patient's words."""

    command: Command
    said: Said


@dataclass(frozen=True, slots=True)
class React(Step):
    """An emoji on one of our messages, by WhatsApp's id; None takes it back."""

    to: str
    emoji: str | None
    key: str


@dataclass(frozen=True, slots=True)
class Rewrite(Step):
    """A message that says something else now, by WhatsApp's id; its new content as a line."""

    original: str
    said: Said
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TakeBack(Step):
    """A message that the patient deleted, by WhatsApp's id."""

    original: str
    key: str


@dataclass(frozen=True, slots=True)
class Move(Step):
    """Another number or user id; with neither, something else that nobody wrote."""

    phone: str | None
    user_id: str | None
    key: str


@dataclass(frozen=True, slots=True)
class Carry(Step):
    """A code by which a conversation from elsewhere goes on here, and what is said beside it."""

    code: str
    key: str
    beside: str = ""
