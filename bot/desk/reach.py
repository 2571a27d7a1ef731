"""What the console may do about a patient on WhatsApp, where that channel runs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Reach:
    """`time_left` says how long one may still write freely to whoever last wrote at a moment.

    `ask_to_write` asks the patient of a conversation to reply, so that one may; False when that
    was done within the hour, or no template for it is set up (`has_template`).
    """

    time_left: Callable[[datetime | None, datetime], timedelta]
    ask_to_write: Callable[[str], Awaitable[bool]]
    has_template: bool
