"""Moments as a form carries them."""

from datetime import datetime

LONGEST = 40


def moment_of(text: str) -> datetime | None:
    """Return the moment that is written after ISO 8601 with its zone; None when it is none."""
    try:
        moment = datetime.fromisoformat(text[:LONGEST])
    except ValueError:
        return None
    return None if moment.tzinfo is None else moment
