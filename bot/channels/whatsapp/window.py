"""The 24 hours after a patient's message in which the clinic may write freely."""

from datetime import UTC, datetime, timedelta

WINDOW = timedelta(hours=24)
# What goes out in the last minute may be too late when it gets there.
MARGIN = timedelta(minutes=1)


def now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


def time_left(wrote_at: datetime | None, at: datetime) -> timedelta:
    """Return how long one may still write freely; nothing when that is over or never was."""
    if wrote_at is None:
        return timedelta()
    return max(timedelta(), wrote_at + WINDOW - MARGIN - at)
