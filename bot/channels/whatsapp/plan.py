"""Decides what is done next of all that is to be sent to one person; no I/O."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.store.whatsapp import Delivery


@dataclass(frozen=True, slots=True)
class Send:
    """Send this now; `doubtful` when it may have arrived already."""

    delivery: Delivery
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Hold:
    """Keep these until the patient writes again."""

    deliveries: tuple[Delivery, ...]


@dataclass(frozen=True, slots=True)
class Drop:
    """Send this no more: the patient wrote, so nobody has to ask them to."""

    delivery: Delivery


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Send this no more: it may have arrived so often already, and nothing is ever heard of it."""

    delivery: Delivery


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing can be done before that moment."""

    until: datetime


Next = Send | Hold | Drop | GiveUp | Wait | None

# So often may a message have arrived at the same person, where no news of it ever comes.
MOST_DOUBTS = 4


def what_next(deliveries: Sequence[Delivery], *, window: bool, at: datetime) -> Next:
    """Return the next thing to do; None when nothing is to be done before there is news.

    The deliveries come in the order of sending. Each waits for the one before it, so that they
    arrive in order; an emergency comes first and waits for nobody.
    """
    free = [one for one in deliveries if not is_template(one)]
    templates = [one for one in deliveries if is_template(one)]
    if window:
        return _while_open(templates, free, at)
    loose = tuple(one for one in free if one.state == "waiting" or _undecided(one, at))
    if loose:
        return Hold(loose)
    rest = [one for one in templates + free if one.state != "held"]
    return _first(rest, at, rest)


def _while_open(templates: list[Delivery], free: list[Delivery], at: datetime) -> Next:
    """Return what is next while the window is open, when nobody has to be asked to write."""
    for template in templates:
        if template.state != "sending" or template.due_at <= at:
            return Drop(template)
    return _first(free, at, templates)


def is_template(delivery: Delivery) -> bool:
    """Tell whether a delivery is a template, which may be sent at any time."""
    return delivery.content.get("type") == "template"


def _undecided(delivery: Delivery, at: datetime) -> bool:
    """Tell whether a delivery may have arrived, and nothing was heard of it for long enough."""
    return delivery.state in ("sending", "unsure") and delivery.due_at <= at


def _first(deliveries: Sequence[Delivery], at: datetime, beside: Sequence[Delivery]) -> Next:
    """Return what is to be done with the first, or until when there is nothing to be done.

    What may have arrived `beside` it is looked at when its time has come, whoever waits.
    """
    later = [one.due_at for one in (*deliveries[:1], *beside) if one.due_at > at]
    if not deliveries or deliveries[0].due_at > at:
        return Wait(min(later)) if later else None
    first = deliveries[0]
    doubtful = first.state in ("sending", "unsure")
    if doubtful and first.doubts + 1 >= MOST_DOUBTS:
        return GiveUp(first)
    return Send(first, doubtful)
