"""Makes any text fit to be kept and sent: the one border for it."""

import re
from dataclasses import replace

from bot.conversation.message import Message

SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Return the text as valid Unicode without NUL: half characters become U+FFFD.

    Databases refuse NUL, and neither they nor UTF-8 can carry half of a surrogate pair.
    """
    text = text.replace("\0", "")
    if not SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def clean_message(message: Message) -> Message:
    """Return the message with its own text clean; quotations come from documents and are."""
    return replace(message, text=clean(message.text))
