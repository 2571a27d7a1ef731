"""A message as it is shown in a terminal."""

import textwrap
from collections.abc import Sequence

from bot.conversation import Message

WIDTH = 88


def shown(messages: Sequence[Message]) -> str:
    """Return messages as readable text: words, then sources, booking and next questions."""
    return "\n\n".join(_shown(message) for message in messages)


def _shown(message: Message) -> str:
    lines = [_wrapped(message.text)]
    addresses = dict.fromkeys(citation.url for citation in message.citations)
    lines += [f"  {address}" for address in addresses]
    if message.booking:
        lines += ["", f"  {message.booking.label}: {message.booking.url}"]
    if message.suggestions:
        lines += [""]
        lines += [f"  {n}. {offer.label}" for n, offer in enumerate(message.suggestions, 1)]
    return "\n".join(lines)


def _wrapped(text: str) -> str:
    return "\n".join(textwrap.fill(line, WIDTH) for line in text.splitlines())
