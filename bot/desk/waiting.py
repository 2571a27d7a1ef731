"""How long something has been or will be, in words for a list."""

from datetime import datetime, timedelta

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def for_how_long(since: datetime, now: datetime) -> str:
    """Return how long something has lasted: under a minute, 4 min, 2 h 10 min, 3 days."""
    return in_words(max(now - since, timedelta()))


def in_words(span: timedelta) -> str:
    """Return a span of time as a list shows it."""
    if span < MINUTE:
        return "under a minute"
    if span < HOUR:
        return f"{span // MINUTE} min"
    if span < 10 * HOUR and span % HOUR >= MINUTE:
        return f"{span // HOUR} h {span % HOUR // MINUTE} min"
    if span < 2 * DAY:
        return f"{span // HOUR} h"
    return f"{span // DAY} days"
