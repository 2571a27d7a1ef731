"""The way to people on WhatsApp, for pages that send something there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Courier:
    """What a page must know of the channel, and does with it.

    `can_begin`: an approved template is set up, so that somebody who hasn't written can be asked
    to. `is_open` tells by when somebody last wrote whether they can be written to freely,
    `booking_url` makes a message's booking link from the conversation's and the message's ids, and
    `look_after` has what was kept for a contact sent: the conversation's id, then the contact's.
    """

    can_begin: bool
    is_open: Callable[[datetime | None], bool]
    booking_url: Callable[[str, str], str]
    look_after: Callable[[str, str], None]
