"""Sends an answer to a caller on WhatsApp: once, as it was confirmed, and never after STOP."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.conversation import Message, Reply
from bot.conversation.message import new_id
from bot.conversation.phone_numbers import read_number, shown_number
from bot.desk.console import Console
from bot.desk.courier import Courier
from bot.desk.gate import entry_of
from bot.desk.keys import is_same, keyed
from bot.store.desk import Staff
from bot.store.whatsapp import Passed, Stopped, by_number, pass_on

ONCE = re.compile(r"[0-9a-f]{32}")
STOPPED = (
    "They wrote STOP on WhatsApp, so nothing may be sent to them there. "
    "Whoever writes START to the clinic's number hears from us again."
)


class CannotSend(Exception):
    """An answer isn't sent; the text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """A caller's number, as it is kept and as people write it.

    `open` tells that they wrote within the last day, so that an answer reaches them at once.
    """

    number: str
    shown: str
    open: bool


async def recipient(console: Console, courier: Courier, typed: str) -> Recipient:
    """Return whom a number reaches; NotANumber, or CannotSend when they wrote STOP."""
    number = read_number(typed, console.country)
    contact = await by_number(console.database, number)
    if contact is not None and contact.stopped:
        raise CannotSend(STOPPED)
    is_open = contact is not None and courier.is_open(contact.wrote_at)
    return Recipient(number, shown_number(number, console.country), is_open)


def seal(console: Console, to: Recipient, messages: Sequence[Message]) -> str:
    """Return what stands for these messages to this number, as somebody saw and confirmed them."""
    said = "\0".join([to.number, *(message.text for message in messages)])
    return keyed(console.gate.secret, "answer", said)


def is_sealed(console: Console, to: Recipient, messages: Sequence[Message], sealed: str) -> bool:
    """Tell whether these messages to this number are what was confirmed."""
    return is_same(sealed, seal(console, to, messages))


def introduced(console: Console, messages: Sequence[Message], known: bool) -> list[Message]:
    """Return the messages as they are sent: the first says why they come, and who writes."""
    told = [console.texts["whatsapp.from_call"].text]
    if not known:
        told.append(console.texts["whatsapp.intro"].text)
    first, *others = messages
    return [replace(first, text="\n\n".join([*told, first.text])), *others]


async def send(
    console: Console, courier: Courier, staff: Staff, to: Recipient, reply: Reply, once: str
) -> Passed:
    """Keep an answer for a caller and have it sent; the same `once` sends nothing twice.

    CannotSend, StoreUnavailable or Closed.
    """

    def say(conversation_id: str, known: bool) -> list[Message]:
        messages = [_as_own(courier, conversation_id, message) for message in reply.messages]
        return introduced(console, messages, known)

    entry = entry_of(staff, "answer.sent")
    try:
        passed = await pass_on(console.database, to.number, once, say, reply.memory, entry)
    except Stopped:
        raise CannotSend(STOPPED) from None
    # Also what was kept before: the first press may have been broken off here.
    courier.look_after(passed.conversation_id, passed.contact_id)
    console.conversations.ring(passed.conversation_id)
    return passed


def _as_own(courier: Courier, conversation_id: str, message: Message) -> Message:
    """Return a message as the conversation's own, with its counted booking link."""
    message_id = new_id()
    booking = message.booking
    if booking is not None:
        booking = replace(booking, url=courier.booking_url(conversation_id, message_id))
    return replace(message, id=message_id, booking=booking)
