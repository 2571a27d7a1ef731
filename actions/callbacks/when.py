"""When somebody wants to be rung: the moment or span that words name, fitted to the hours."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from actions.callbacks.clock import as_clock, as_day
from actions.callbacks.times import Named, named_in
from bot.conversation.calling_times import Openings, next_opening, within, worked

SOON = timedelta(hours=2)  # of opening hours: what "as soon as possible" promises
LEAST = timedelta(hours=1)  # of a half-day to be offered
NOON = time(12)
DAYS_AHEAD = 8
OFFERED = 3
PARTS = ("morning", "afternoon")


@dataclass(frozen=True, slots=True)
class When:
    """What was wished, the moment by which it is kept, and whether it is that very moment."""

    text: str
    due: datetime
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """The clinic's time: now, its zone, and when it is open."""

    now: datetime
    zone: ZoneInfo
    openings: Openings

    @property
    def local(self) -> datetime:
        """Now, as the clinic's clock shows it."""
        return self.now.astimezone(self.zone)

    def at(self, day: datetime, minute: int) -> datetime:
        """Return the moment of a day, in minutes since its midnight by the clock."""
        midnight = day.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
        return (midnight + timedelta(minutes=minute)).replace(tzinfo=self.zone)


def soon(clock: Clock) -> When:
    """Return what "as soon as possible" comes to."""
    due = worked(clock.openings, clock.local, SOON).astimezone(clock.zone)
    return When("as soon as possible", due)


def read_when(text: str, clock: Clock) -> When | None:
    """Return when a text wishes to be rung, or None when it names no time.

    A wish for a time at which the clinic is closed is kept soon after it opens next.
    """
    named = named_in(text, clock.local)
    if named is None:
        return None
    if named.soon:
        return soon(clock)
    if named.after_minutes is not None:
        moment = clock.local + timedelta(minutes=named.after_minutes)
        return _fitted(
            clock, moment, moment, f"{as_day(moment)}, at {as_clock(moment)}", exact=True
        )
    day, begins, ends = _span(named, clock)
    return _fitted(clock, begins, ends, _told(named, day, begins, ends), exact=named.exact)


def own_words(text: str, clock: Clock) -> When:
    """Return a wish that names no time: it stays in its words, and comes up soon."""
    return When(f"“{text}”", soon(clock).due)


def offers(clock: Clock) -> tuple[str, ...]:
    """Return the times to choose from, as words that `read_when` understands."""
    first = soon(clock)
    found = []
    for ahead in range(DAYS_AHEAD):
        day = clock.local + timedelta(days=ahead)
        for part, (begins, ends) in zip(PARTS, ((0, 720), (720, 1440)), strict=True):
            start = max(clock.at(day, begins), clock.local)
            open_ = within(clock.openings, start, clock.at(day, ends))
            if open_ and open_[0] >= first.due and open_[1] - open_[0] >= LEAST:
                found.append(_label(ahead, day, part))
    return ("As soon as possible", *found[: OFFERED - 1])


def promise(when: When, clock: Clock) -> str:
    """Return by when somebody is rung: "today by 4.15 pm", "on Tuesday 24 March at 9 am"."""
    due, today = when.due.astimezone(clock.zone), clock.local.date()
    days = (due.date() - today).days
    day = {0: "today", 1: "tomorrow"}.get(days, f"on {as_day(due)}")
    return f"{day} {'at' if when.exact else 'by'} {as_clock(due)}"


def opens(clock: Clock) -> str | None:
    """Return when a clinic that is closed now opens; None when it is open, or never is."""
    begins = next_opening(clock.openings, clock.local)
    if begins is None or begins <= clock.local:
        return None
    local = begins.astimezone(clock.zone)
    day = {0: "today", 1: "tomorrow"}.get((local.date() - clock.local.date()).days)
    return f"{day or f'on {as_day(local)}'} at {as_clock(local)}"


def _label(ahead: int, day: datetime, part: str) -> str:
    return f"{('This', 'Tomorrow')[ahead] if ahead < 2 else format(day, '%A')} {part}"


def _span(named: Named, clock: Clock) -> tuple[datetime, datetime, datetime]:
    """Return the day, and from when till when; what has gone by today is meant for tomorrow."""
    day = named.day or clock.local
    begins, ends = clock.at(day, named.begins), clock.at(day, named.ends)
    gone = ends < clock.local if not named.exact else begins < clock.local
    if gone and named.day is None:
        day = day + timedelta(days=1)
        begins, ends = clock.at(day, named.begins), clock.at(day, named.ends)
    return day, max(begins, clock.local), ends


def _told(named: Named, day: datetime, begins: datetime, ends: datetime) -> str:
    if named.exact:
        return f"{as_day(day)}, at {as_clock(begins)}"
    return f"{as_day(day)}{named.told}"


def _fitted(clock: Clock, begins: datetime, ends: datetime, text: str, *, exact: bool) -> When:
    if exact:
        ends = begins + timedelta(minutes=1)
    open_ = within(clock.openings, begins, ends)
    if open_ is None or ends <= clock.local:
        after = max(begins, clock.local)
        due = worked(clock.openings, after, SOON).astimezone(clock.zone)
        return When(f"{text} (we are closed then)" if open_ is None else text, due)
    return When(text, (begins if exact else open_[1]).astimezone(clock.zone), exact)
