"""When a person can be rung: reckoned in the clinic's opening hours."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import takewhile

# From when till when the clinic is open, in order, from a moment on.
type Openings = Callable[[datetime], Iterator[tuple[datetime, datetime]]]

QUARTER = timedelta(minutes=15)
# How far ahead anything is looked for; whoever is closed longer is rung when it is time.
MOST_AHEAD = timedelta(days=60)


def always_open(now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield one opening without an end in sight: where no hours are known."""
    yield now, now + 10 * MOST_AHEAD


def worked(openings: Openings, start: datetime, time: timedelta) -> datetime:
    """Return when so much opening time has gone by, on a full quarter of an hour.

    A clinic that isn't open at all within MOST_AHEAD counts as always open.
    """
    left = time
    for begins, ends in _near(openings, start):
        if ends - begins >= left:
            return min(_quarter(begins + left), ends)
        left -= ends - begins
    return _quarter(start + time)


def within(openings: Openings, start: datetime, end: datetime) -> tuple[datetime, datetime] | None:
    """Return the first and the last open moment between two, or None when it is closed then."""
    found = [
        (begins, min(ends, end))
        for begins, ends in takewhile(lambda opening: opening[0] < end, openings(start))
    ]
    return (found[0][0], found[-1][1]) if found else None


def next_opening(openings: Openings, moment: datetime) -> datetime | None:
    """Return when the clinic is open next, `moment` itself when it is open then; None if never."""
    return next((begins for begins, _ in _near(openings, moment)), None)


def _near(openings: Openings, start: datetime) -> Iterator[tuple[datetime, datetime]]:
    return takewhile(lambda opening: opening[0] < start + MOST_AHEAD, openings(start))


def _quarter(moment: datetime) -> datetime:
    """Return the next full quarter of an hour, which is easier to say and to keep."""
    minutes = -(-(moment.minute * 60 + moment.second) // 900) * 15
    whole = moment.replace(minute=0, second=0, microsecond=0)
    return whole + timedelta(minutes=minutes)
