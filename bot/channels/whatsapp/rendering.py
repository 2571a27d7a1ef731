"""A message as WhatsApp shows it: one for each answer, with its sources and what to tap."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.channels.whatsapp.choices import (
    Choice,
    Short,
    buttons,
    choices_of,
    fits_buttons,
    rows,
    with_booking,
)
from bot.channels.whatsapp.cutting import cut
from bot.channels.whatsapp.limits import BODY, BUTTONS, OPAQUE, ROWS, TEXT, size
from bot.channels.whatsapp.links import is_link, picture_url
from bot.channels.whatsapp.markup import bold, guarded
from bot.channels.whatsapp.tail import Tail
from bot.channels.whatsapp.words import Words, load_words
from bot.conversation.message import Message

__all__ = ["Words", "addressed", "load_words", "parts", "read_rest", "render"]

REST = re.compile(r"rest:(?P<message>[\w-]{1,64}):(?P<part>[1-9][0-9]{0,3})", re.ASCII)
LONGEST_SOURCE = 400  # of the line that every part repeats


@dataclass(frozen=True, slots=True)
class _Text:
    """A message's text: who speaks, what is said in parts, and the line that names the source."""

    head: str
    parts: tuple[str, ...]
    source: str

    def body(self, part: int) -> str:
        """Return what a part says, with speaker and source."""
        return self.head + "\n\n".join(filter(None, (self.parts[part], self.source)))


def parts(message: Message, words: Words, *, speaker: str | None = None) -> int:
    """Return how many WhatsApp messages the message takes: one, unless its text is too long."""
    return len(_text(message, words, speaker).parts)


def render(
    message: Message, words: Words, short: Short, *, part: int = 0, speaker: str | None = None
) -> dict[str, Any]:
    """Return one part of a message for Graph's API, within all of WhatsApp's limits.

    `short` returns a payload's label in at most 20 characters, `speaker` is the person of staff
    who wrote. ValueError when the message has no text, or no such part.
    """
    text = _text(message, words, speaker)
    if not 0 <= part < len(text.parts):
        raise ValueError(f"message {message.id} has {len(text.parts)} parts, and none is {part}")
    if part == len(text.parts) - 1:
        return _last(_shown(message), text, words, short)
    rest = Choice(f"rest:{message.id}:{part + 1}", words.more, words.more)
    return _interactive("button", text.body(part), buttons([rest]))


def read_rest(payload: str) -> tuple[str, int] | None:
    """Return the message and its part that the button for more asks for; None for anything else."""
    found = REST.fullmatch(payload)
    return (found["message"], int(found["part"])) if found else None


def addressed(
    content: Mapping[str, Any],
    *,
    phone: str | None,
    user_id: str | None,
    opaque: str,
    replies_to: str | None = None,
) -> dict[str, Any]:
    """Return what `render` made, for one person and with a name of our own for its statuses.

    ValueError when there is neither phone nor user id, or the name is longer than WhatsApp takes.
    """
    if not phone and not user_id:
        raise ValueError("a message needs a phone or a user id to go to")
    if size(opaque) > OPAQUE:
        raise ValueError(f"the name for statuses must have at most {OPAQUE} characters")
    to = {"to": f"+{phone.removeprefix('+')}"} if phone else {"recipient": user_id}
    context = {"context": {"message_id": replies_to}} if replies_to else {}
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **to,
        **context,
        "biz_opaque_callback_data": opaque,
        **content,
    }


def _shown(message: Message) -> Message:
    """Return the message as far as it is shown: beside a red flag nothing else is offered."""
    if message.kind == "urgent":
        return replace(message, citations=(), suggestions=(), booking=None, figure=None)
    return message


def _text(message: Message, words: Words, speaker: str | None) -> _Text:
    if not message.text.strip():
        raise ValueError(f"message {message.id} has no text; there is nothing to send")
    name = bold(speaker or "")
    head = f"{name}\n" if name else ""
    said, source = _without_source(_shown(message))
    # Without anything to tap the text may be longer; whether titles are short doesn't matter here.
    tapped = choices_of(_shown(message), words, lambda _: None)
    fixed = size(head) + (size(source) + 2 if source else 0)
    return _Text(head, tuple(cut(said, BODY - fixed, (BODY if tapped else TEXT) - fixed)), source)


def _without_source(message: Message) -> tuple[str, str]:
    """Take the text apart: what is said, and its last paragraph where that names the sources."""
    text = message.text.strip()
    named = {f"“{one.title}”" for one in message.citations}
    found = bool(named) and all(title in text.rpartition("\n\n")[2] for title in named)
    said, _, source = guarded(text).rpartition("\n\n")
    if found and said.strip() and size(source) <= LONGEST_SOURCE:
        return said, source
    return guarded(text), ""


def _last(message: Message, text: _Text, words: Words, short: Short) -> dict[str, Any]:
    """Return the part with which the message ends: its links, its picture, what to tap."""
    choices = choices_of(message, words, short)
    picture = picture_url(message.figure)
    booking = message.booking if message.booking and is_link(message.booking.url) else None
    tail = Tail(text.body(len(text.parts) - 1), bool(text.source), message)
    shown = replace(tail, lead=words.picture) if picture else tail
    line = f"{guarded(' '.join(booking.label.split()))}: {booking.url}" if booking else ""
    if choices:
        return _tappable(shown, line, choices[: BUTTONS if picture else ROWS], words)
    if picture and (full := shown.within(BODY, line)) is not None:
        return {"type": "image", "image": {"link": picture, "caption": full}}
    if booking and not picture and (full := tail.within(BODY)) is not None:
        link = {"display_text": words.book, "url": booking.url}
        return _interactive("cta_url", full, {"name": "cta_url", "parameters": link})
    full = tail.within(TEXT, line) or tail.within(TEXT) or tail.barest(TEXT)
    return {"type": "text", "text": {"body": full, "preview_url": False}}


def _tappable(tail: Tail, line: str, choices: list[Choice], words: Words) -> dict[str, Any]:
    body = tail.within(BODY, line)
    if body is None:
        choices = with_booking(choices, words) if line else choices
        body = tail.within(BODY) or tail.barest(BODY)
    picture = picture_url(tail.message.figure)
    if picture:
        header = {"type": "image", "image": {"link": picture}}
        return _interactive("button", body, buttons(choices), header)
    if fits_buttons(tail.message.kind, choices):
        return _interactive("button", body, buttons(choices))
    return _interactive("list", body, rows(choices, words))


def _interactive(
    kind: str, body: str, action: dict[str, Any], header: dict[str, Any] | None = None
) -> dict[str, Any]:
    above = {"header": header} if header else {}
    content = {"type": kind, **above, "body": {"text": body}, "action": action}
    return {"type": "interactive", "interactive": content}
