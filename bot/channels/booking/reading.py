"""Reads what Cal.com and Calendly deliver: whose booking, how it stands, when; and nothing else."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.channels.booking.notice import BadNotice, Notice, State
from bot.channels.whatsapp.fields import object_in, visible
from bot.channels.whatsapp.parsing import BadDelivery, parsed

CALCOM: Mapping[str, State] = {
    "BOOKING_CREATED": "booked",
    "BOOKING_RESCHEDULED": "booked",
    "BOOKING_CANCELLED": "cancelled",
    "BOOKING_REJECTED": "cancelled",
}
CALENDLY: Mapping[str, State] = {"invitee.created": "booked", "invitee.canceled": "cancelled"}
REFERENCE = re.compile(r"[0-9a-f]{32}")
YEARS = range(2000, 2100)  # no booking lies outside


def read_calcom(body: bytes) -> Notice | None:
    """Return what Cal.com tells of a booking, None for what doesn't concern us; BadNotice."""
    told = _object(body)
    state = _known(CALCOM, told.get("triggerEvent"))
    if state is None:
        return None
    payload = object_in(told, "payload")
    return Notice(
        uid=_uid(payload.get("uid")),
        state=state,
        at=_told_at(told.get("createdAt")),
        starts_at=_moment(payload.get("startTime")),
        reference=_reference(object_in(payload, "metadata").get("candor")),
        instead_of=visible(payload.get("rescheduleUid")),
    )


def read_calendly(body: bytes) -> Notice | None:
    """Return what Calendly tells of a booking, None for what doesn't concern us; BadNotice.

    A visit is moved by two deliveries, in any order: one tells of the new booking, the other that
    the old one is cancelled for it.
    """
    told = _object(body)
    state = _known(CALENDLY, told.get("event"))
    if state is None:
        return None
    payload = object_in(told, "payload")
    if state == "cancelled" and payload.get("rescheduled") is True:
        state = "moved"
    return Notice(
        uid=_uid(payload.get("uri")),
        state=state,
        at=_told_at(told.get("created_at")),
        starts_at=_moment(object_in(payload, "scheduled_event").get("start_time")),
        reference=_reference(object_in(payload, "tracking").get("utm_content")),
        instead_of=visible(payload.get("old_invitee")),
    )


def _object(body: bytes) -> dict[str, Any]:
    try:
        return parsed(body)
    except BadDelivery as error:
        raise BadNotice(str(error)) from None


def _known(states: Mapping[str, State], event: object) -> State | None:
    return states.get(event) if isinstance(event, str) else None


def _uid(value: object) -> str:
    uid = visible(value)
    if uid is None:
        raise BadNotice("the delivery names no booking")
    return uid


def _told_at(value: object) -> datetime:
    moment = _moment(value)
    if moment is None:
        raise BadNotice("the delivery doesn't say when it was made")
    return moment


def _reference(value: object) -> str | None:
    return value if isinstance(value, str) and REFERENCE.fullmatch(value) else None


def _moment(value: object) -> datetime | None:
    """Return a moment in UTC; None when it names no time zone, or a time that no booking has."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        if moment is None or moment.tzinfo is None:
            return None
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if moment.year in YEARS else None
