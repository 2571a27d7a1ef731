"""The list of people who want to be rung, as the front desk works through it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Literal

from actions.callbacks.clock import as_clock
from actions.callbacks.when import Clock, When, own_words, promise, read_when
from bot.conversation.callbacks import LONGEST, CallBack
from bot.conversation.calling_times import worked
from bot.conversation.phone_numbers import NotANumber, read_number, shown_number
from bot.desk.channels import channel_name
from bot.desk.console import Console
from bot.desk.gate import entry_of
from bot.store.desk import Staff, callbacks
from bot.store.desk.callbacks import Deed, Listed, Overtaken

AGAIN = timedelta(hours=1)  # of opening time, after nobody answered
MANY_TRIES = 3
BY_HAND = "Telephone"  # what staff took down there
OUTCOMES = {
    "booked": "Booked",
    "answered": "Answered",
    "other": "Reached",
    "wrong_number": "Wrong number",
    "patient": "Withdrawn by the patient",
    "replaced": "Replaced by a newer one",
}
type Group = Literal["Overdue", "Today", "Later"]


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry with the words that a page shows of it."""

    entry: Listed
    number: str
    due: str
    group: Group
    channel: str
    outcome: str
    often: bool  # nobody answered so many times that something else should be tried


class NotTaken(Exception):
    """What staff typed can't go on the list; `field` is the one that is wrong."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


def clock_of(console: Console) -> Clock:
    """Return the clinic's time as it is now."""
    return Clock(console.gate.now(), console.zone, console.openings)


async def listed(console: Console, *, done: bool) -> list[Shown]:
    """Return who waits to be rung, due first; or who doesn't any more, the latest first."""
    query = callbacks.DONE if done else callbacks.OPEN
    clock = clock_of(console)
    rows = await console.database.read(query)
    return [_shown(console, clock, callbacks.listed_of(row)) for row in rows]


async def find(console: Console, callback_id: str) -> Shown | None:
    """Return one entry, or None when it is gone."""
    for row in await console.database.read(callbacks.ONE, callback=callback_id):
        return _shown(console, clock_of(console), callbacks.listed_of(row))
    return None


async def do(console: Console, staff: Staff, callback_id: str, did: str, tries: int) -> None:
    """Note what came of ringing somebody; Overtaken when somebody else was quicker.

    `tries` is how often nobody had answered when the page was made.
    """
    now = console.gate.now()
    actions = {"no_answer": "callback.no_answer", "wrong_number": "callback.wrong_number"}
    deed = Deed(staff.id, now, entry_of(staff, actions.get(did, "callback.done"), callback_id))
    change = partial(callbacks.finish, outcome=did)
    if did == "no_answer":
        due = worked(console.openings, now.astimezone(console.zone), AGAIN)
        change = partial(callbacks.put_off, due_at=due)
    await console.database.write(partial(change, callback_id=callback_id, tries=tries, deed=deed))


async def take_back(console: Console, staff: Staff, callback_id: str) -> None:
    """Undo what was done last to an entry; Overtaken when there is nothing to undo."""
    seen = await find(console, callback_id)
    if seen is None:
        raise Overtaken
    entry = entry_of(staff, "callback.undone", callback_id)
    work = partial(
        callbacks.take_back, seen=seen.entry, deed=Deed(staff.id, console.gate.now(), entry)
    )
    await console.database.write(work)


async def add(
    console: Console, staff: Staff, name: str, number: str, when: str, about: str
) -> None:
    """Take down somebody who rang; NotTaken says what is wrong."""
    name = " ".join(name.split())
    if not name:
        raise NotTaken("name", "Write whom to ask for.")
    try:
        read = read_number(number, console.country)
    except NotANumber as error:
        raise NotTaken("number", str(error)) from None
    clock = clock_of(console)
    wanted = _when(" ".join(when.split()), clock)
    longest = {field: text[: LONGEST[field]] for field, text in (("name", name), ("about", about))}
    wish = CallBack(
        longest["name"], read, wanted.text[: LONGEST["when"]], wanted.due, longest["about"].strip()
    )
    deed = Deed(staff.id, clock.now, entry_of(staff, "callback.added"))
    await console.database.write(partial(callbacks.add, wish=wish, deed=deed))


async def who_was_quicker(console: Console, callback_id: str) -> str:
    """Return what to tell somebody who was overtaken."""
    seen = await find(console, callback_id)
    if seen is None:
        return "This call-back is gone: its conversation was deleted meanwhile."
    entry = seen.entry
    if entry.state == "withdrawn":
        return f"{seen.outcome} meanwhile, so that nobody need ring any more."
    if entry.by is None or entry.at is None:
        return "This call-back changed meanwhile. Look at it as it is now."
    at = as_clock(entry.at.astimezone(console.zone))
    did = "put it back on the list" if entry.state == "open" else f"noted “{seen.outcome}”"
    if entry.state == "open" and entry.tries:
        did = "noted that nobody answered"
    return f"{entry.by} was quicker, and {did} at {at}. Nothing else was changed."


def _when(text: str, clock: Clock) -> When:
    if not text:
        raise NotTaken("when", "Write when they want to be rung, such as “as soon as possible”.")
    return read_when(text, clock) or own_words(text, clock)


def _shown(console: Console, clock: Clock, entry: Listed) -> Shown:
    due = entry.due_at.astimezone(console.zone)
    return Shown(
        entry=entry,
        number=shown_number(entry.number, console.country),
        due=_due(entry, due, clock),
        group=_group(due, clock),
        channel=channel_name(entry.channel) if entry.channel else BY_HAND,
        outcome=OUTCOMES.get(entry.outcome or "", "") if entry.state != "open" else "",
        often=entry.tries >= MANY_TRIES,
    )


def _due(entry: Listed, due: datetime, clock: Clock) -> str:
    if due >= clock.now:
        words = promise(When(entry.wanted, due), clock)
        return words[0].upper() + words[1:]
    same = due.date() == clock.local.date()
    day = "" if same else f"{due:%a} {due.day} {due:%b}, "
    return f"Since {day}{as_clock(due)}"


def _group(due: datetime, clock: Clock) -> Group:
    if due < clock.now:
        return "Overdue"
    return "Today" if due.date() == clock.local.date() else "Later"
