"""Who speaks in a conversation: the assistant, nobody yet, or one person of staff.

Every change is decided here, from how things stand, and made by the store in the transaction in
which it is decided; so two people who take a conversation at once can't both have it, and nobody
speaks without holding it at that very moment.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

Holder = Literal["bot", "waiting", "staff"]
Reason = Literal["asked", "left", "late"]
# What the patient is told when somebody else speaks from now on, or when nobody does for long.
Notice = Literal["handed_back", "closed", "left", "left_waiting", "still_waiting"]

# How long a person holds a conversation after the last sign of them.
LEASE = timedelta(minutes=2)
# How long they may leave a patient without an answer, however present they are.
ANSWER = timedelta(minutes=10)
# How long somebody waits before they are told what else they can do.
WAIT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of staff; what they do is audited under their login, if they have one."""

    id: str
    name: str
    login: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Holding:
    """Who speaks, and since when.

    `person` holds it until `until`, which signs of them put off. `reason` is why it waits, and
    `told` that whoever waits knows what else they can do. `unanswered` is since when the patient
    has been waiting for the words of staff, `urgent` since when an emergency wants to be looked
    after, `warned` when the patient last told of one, and `closed` since when staff are done.
    """

    holder: Holder
    since: datetime
    person: Person | None = None
    until: datetime | None = None
    reason: Reason | None = None
    told: bool = False
    unanswered: datetime | None = None
    urgent: datetime | None = None
    warned: datetime | None = None
    closed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a conversation, and what the patient is told of it."""

    holding: Holding
    notice: Notice | None = None


class HeldBy(Exception):
    """Somebody else of staff holds the conversation; `name` says who."""

    def __init__(self, name: str) -> None:
        super().__init__("held by somebody else")
        self.name = name


class NotHeld(Exception):
    """The person doesn't hold the conversation any more, and nobody else of staff does."""


def begun(at: datetime) -> Holding:
    """Return how a conversation begins: with the assistant."""
    return Holding("bot", at)


def heard(holding: Holding, at: datetime) -> Holding:
    """Return how it stands when the patient has written: open, and waiting if staff answer."""
    unanswered = holding.unanswered or (None if holding.holder == "bot" else at)
    return replace(holding, closed=None, unanswered=unanswered)


def warned(holding: Holding, at: datetime) -> Holding:
    """Return how it stands when the patient was told what to do in an emergency."""
    return replace(holding, urgent=_unseen(holding) or at, warned=at)


def seen_to(holding: Holding, seen: datetime) -> Holding:
    """Return how it stands when staff have looked after what they had seen by a moment.

    An emergency that the patient told of after it stays.
    """
    newer = holding.warned is not None and holding.warned > seen
    return replace(holding, urgent=holding.warned if newer else None)


def wait(holding: Holding, at: datetime, reason: Reason, *, told: bool) -> Holding:
    """Let the conversation wait for staff; whoever waits already or is served goes on so."""
    if holding.holder != "bot":
        return holding
    waiting = Holding("waiting", at, reason=reason, told=told, unanswered=at)
    return _in_danger_as(holding, waiting)


def take(holding: Holding, at: datetime, person: Person) -> Holding:
    """Give the conversation to a person; HeldBy while somebody else has it."""
    if _holds(holding, at, person):
        return replace(holding, until=_lease(holding, at))
    _refuse_others(holding, at)
    # Whoever takes it up has time to read before the patient's waiting counts against them.
    unanswered = None if holding.unanswered is None else at
    taken = Holding("staff", at, person, at + LEASE, unanswered=unanswered)
    return _in_danger_as(holding, taken)


def renew(holding: Holding, at: datetime, person: Person) -> Holding:
    """Put off the end of a person's lease; HeldBy or NotHeld when it isn't theirs any more.

    It can't be put off for longer than a patient may be left without an answer.
    """
    _refuse(holding, at, person)
    return replace(holding, until=_lease(holding, at))


def speak(holding: Holding, at: datetime, person: Person) -> Holding:
    """Let a person say something: it is theirs then; HeldBy while somebody else has it."""
    taken = take(holding, at, person)
    return replace(taken, unanswered=None, until=at + LEASE)


def hand_back(holding: Holding, at: datetime, person: Person) -> Decision:
    """Give the conversation back to the assistant; HeldBy or NotHeld when it isn't theirs.

    An emergency that came since they took it stays.
    """
    _refuse(holding, at, person)
    return Decision(_unseen_in(holding, begun(at)), "handed_back")


def close(holding: Holding, at: datetime, person: Person) -> Decision:
    """End what staff have to do with a conversation; HeldBy while somebody else has it.

    The assistant goes on with it if the patient writes again; a patient who waited or was served
    is told. An emergency that nobody took it for stays: it may have come while somebody pressed.
    """
    if not _holds(holding, at, person):
        _refuse_others(holding, at)
    silent = holding.holder == "bot"
    closed = _unseen_in(holding, replace(begun(at), closed=at))
    return Decision(closed, None if silent else "closed")


def look_after(holding: Holding, at: datetime) -> Decision:
    """End a lease that has run out, and tell whoever waits for long what else they can do."""
    if holding.holder == "staff" and not _is_leased(holding, at):
        if holding.unanswered is None:
            return Decision(_in_danger_as(holding, begun(at)), "left")
        waiting = Holding("waiting", at, reason="left", told=True, unanswered=holding.unanswered)
        return Decision(_in_danger_as(holding, waiting), "left_waiting")
    if holding.holder == "waiting" and not holding.told and holding.since + WAIT <= at:
        return Decision(replace(holding, told=True), "still_waiting")
    return Decision(holding)


def _in_danger_as(holding: Holding, then: Holding) -> Holding:
    """Return how it stands then, with the emergency of before."""
    return replace(then, urgent=holding.urgent, warned=holding.warned)


def _unseen_in(holding: Holding, then: Holding) -> Holding:
    """Return how it stands then, with the emergency of before if nobody took it for that."""
    return replace(then, urgent=_unseen(holding), warned=holding.warned)


def _unseen(holding: Holding) -> datetime | None:
    """Return since when an emergency waits that whoever holds it can't have taken it for."""
    if holding.person is not None and holding.urgent is not None:
        return holding.urgent if holding.urgent > holding.since else None
    return holding.urgent


def _lease(holding: Holding, at: datetime) -> datetime:
    until = at + LEASE
    return until if holding.unanswered is None else min(until, holding.unanswered + ANSWER)


def _is_leased(holding: Holding, at: datetime) -> bool:
    return holding.person is not None and holding.until is not None and holding.until > at


def _holds(holding: Holding, at: datetime, person: Person) -> bool:
    return _is_leased(holding, at) and holding.person is not None and holding.person.id == person.id


def _refuse_others(holding: Holding, at: datetime) -> None:
    if holding.person is not None and _is_leased(holding, at):
        raise HeldBy(holding.person.name)


def _refuse(holding: Holding, at: datetime, person: Person) -> None:
    if not _holds(holding, at, person):
        _refuse_others(holding, at)
        raise NotHeld
