"""The frames of the widget's WebSocket: JSON objects with a `type`.

From the widget: `hello` (conversation, after) takes up a conversation after the entry `after`;
`message` (text, key, and the claim of a new conversation) sends one, and the same key again is
the same message.
To the widget: `ready` (conversation, and a page: the newest entries that it missed, whether there
are earlier ones, who holds the conversation, `by` which person of staff, whether the front desk is
open) answers a hello; `news` (entries, holder, by, desk) is what came since; `kept` (key,
conversation) says that a message won't be lost; `gone` that the conversation was deleted; `error`
(code, message, and the key of the message that it refuses).
"""

import json
from dataclasses import dataclass
from typing import Any

from bot.channels.intake import is_key
from bot.channels.refusal import Refused


@dataclass(frozen=True, slots=True)
class Hello:
    """The widget takes up its conversation, or waits for the first message when it has none."""

    conversation: str | None
    after: int


@dataclass(frozen=True, slots=True)
class Sent:
    """A message from the patient; `key` is the widget's own name for it."""

    text: object
    key: str
    claim: object = None


def read_frame(data: str) -> Hello | Sent:
    """Read a frame from the widget; Refused when it is none."""
    try:
        frame = json.loads(data)
    except (ValueError, RecursionError):
        raise _bad_frame("not JSON") from None
    if not isinstance(frame, dict):
        raise _bad_frame("not an object")
    if frame.get("type") == "hello":
        return _read_hello(frame)
    if frame.get("type") == "message":
        key = frame.get("key")
        if not is_key(key):
            raise _bad_frame("key must have 8 to 64 letters, digits or signs")
        return Sent(frame.get("text"), key, frame.get("claim"))
    raise _bad_frame("type must be hello or message")


def _read_hello(frame: dict[str, Any]) -> Hello:
    conversation, after = frame.get("conversation"), frame.get("after", 0)
    if not (conversation is None or isinstance(conversation, str)):
        raise _bad_frame("conversation must be a token")
    if isinstance(after, bool) or not isinstance(after, int) or not 0 <= after < 2**31:
        raise _bad_frame("after must be a number")
    return Hello(conversation, after)


def _bad_frame(reason: str) -> Refused:
    return Refused(400, "bad_frame", f"That could not be read: {reason}.")
