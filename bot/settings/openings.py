"""When the clinic opens and closes from a moment on, for whoever reckons with it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.settings.hours import AHEAD, Hours, status


def openings(hours: Hours, zone: ZoneInfo, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield from when till when the clinic is open, in order, what is left of today's included.

    ValueError when `now` has no zone. It ends when the clinic stays closed for a year.
    """
    moment = now
    while True:
        seen = status(hours, zone, moment)
        if seen.open:
            yield moment, seen.until or moment + timedelta(days=AHEAD)
        if seen.until is None:
            return
        moment = seen.until
