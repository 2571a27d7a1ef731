"""What a provider tells of one booking, as far as we want to know it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

State = Literal["booked", "moved", "cancelled"]


class BadNotice(ValueError):
    """What was delivered can't be read; the text says why, and quotes nothing."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One booking by the provider's name for it; a moved one has another booking in its place.

    `at` is when the provider told of it, `instead_of` the booking whose place this one takes.
    """

    uid: str
    state: State
    at: datetime
    starts_at: datetime | None
    reference: str | None = None
    instead_of: str | None = None
