"""Deliveries of booking providers: who signed them, what is read, and nothing that breaks."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.booking import (
    BadNotice,
    Notice,
    address_with,
    is_signed_by_calcom,
    is_signed_by_calendly,
    read_calcom,
    read_calendly,
)
from tests.booking.booking_deliveries import (
    BEGAN,
    SECRET,
    calcom,
    calcom_header,
    calendly,
    calendly_header,
    written,
)

REFERENCE = "0123456789abcdef" * 2
BODY = written(calcom("BOOKING_CREATED", "ä", reference=REFERENCE))
NOW = 1_772_442_000
CALCOM = calcom_header(BODY)["X-Cal-Signature-256"]
CALENDLY = calendly_header(BODY, NOW)["Calendly-Webhook-Signature"]


def flipped(data: bytes, bit: int) -> bytes:
    place, rest = divmod(bit % (8 * len(data)), 8)
    return data[:place] + bytes([data[place] ^ (1 << rest)]) + data[place + 1 :]


@settings(deadline=None)
@given(st.integers(min_value=0), st.booleans())
def test_any_flipped_bit_breaks_a_signature(bit: int, in_body: bool) -> None:
    assert is_signed_by_calcom(SECRET, BODY, CALCOM)
    assert is_signed_by_calendly(SECRET, BODY, CALENDLY, NOW)
    if in_body:
        body, calcom, calendly = flipped(BODY, bit), CALCOM, CALENDLY
    else:
        body = BODY
        calcom = flipped(CALCOM.encode(), bit).decode("latin-1")
        calendly = flipped(CALENDLY.encode(), bit).decode("latin-1")
    assert not is_signed_by_calcom(SECRET, body, calcom)
    assert not is_signed_by_calendly(SECRET, body, calendly, NOW)


@pytest.mark.parametrize(
    ("secret", "header"),
    [
        (SECRET, None),
        (SECRET, ""),
        (SECRET, "no-secret-provided"),
        (SECRET, f"sha256={CALCOM}"),
        (SECRET, CALCOM.upper()),
        (SECRET, "\udcff" * 64),
        ("another-secret", CALCOM),
        ("", calcom_header(BODY, "")["X-Cal-Signature-256"]),
        (" ", calcom_header(BODY, " ")["X-Cal-Signature-256"]),
    ],
)
def test_cal_com_is_not_believed(secret: str, header: str | None) -> None:
    assert not is_signed_by_calcom(secret, BODY, header)


SIGNATURE = CALENDLY.partition(",v1=")[2]


@pytest.mark.parametrize(
    ("header", "now", "good"),
    [
        (CALENDLY, NOW + 180, True),
        (CALENDLY, NOW - 180, True),
        (CALENDLY, NOW + 181, False),
        (CALENDLY, NOW - 181, False),
        (f"t={NOW}, v1={SIGNATURE}", NOW, True),
        (f"t={NOW},v1={'0' * 64},v1={SIGNATURE}", NOW, True),
        (f"t={NOW},v1={SIGNATURE},v1={'0' * 64}", NOW, True),
        (f"t={NOW},v0={SIGNATURE}", NOW, False),
        (f"t={NOW},t={NOW},v1={SIGNATURE}", NOW, False),
        (f"t={NOW}", NOW, False),
        (f"v1={SIGNATURE}", NOW, False),
        (f"t=-{NOW},v1={SIGNATURE}", NOW, False),
        (f"t={'9' * 5000},v1={SIGNATURE}", NOW, False),
        (f"t=²,v1={SIGNATURE}", NOW, False),
        ("", NOW, False),
        (None, NOW, False),
    ],
)
def test_calendly_is_believed_for_three_minutes(header: str | None, now: int, good: bool) -> None:
    assert is_signed_by_calendly(SECRET, BODY, header, now) is good


TOMORROW = datetime(2026, 3, 3, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("read", "told", "notice"),
    [
        (
            read_calcom,
            calcom("BOOKING_CREATED", "b", reference=REFERENCE),
            Notice("b", "booked", BEGAN, TOMORROW, REFERENCE),
        ),
        (
            read_calcom,
            calcom("BOOKING_RESCHEDULED", "c", instead_of="b"),
            Notice("c", "booked", BEGAN, TOMORROW, None, "b"),
        ),
        (read_calcom, calcom("BOOKING_REJECTED", "b"), Notice("b", "cancelled", BEGAN, TOMORROW)),
        (
            read_calcom,
            calcom("BOOKING_CREATED", "b", reference="Pat Invented"),
            Notice("b", "booked", BEGAN, TOMORROW),
        ),
        (read_calcom, calcom("BOOKING_REQUESTED", "b"), None),
        (read_calcom, {"triggerEvent": "PING"}, None),
        (read_calendly, {"event": "routing_form_submission.created"}, None),
    ],
)
def test_what_is_told_is_read(
    read: Callable[[bytes], Notice | None], told: dict[str, Any], notice: Notice | None
) -> None:
    assert read(written(told)) == notice


def test_a_visit_that_calendly_moves_is_two_bookings() -> None:
    new = read_calendly(written(calendly("invitee.created", "c", instead_of="b")))
    old = read_calendly(
        written(calendly("invitee.canceled", "b", rescheduled=True, reference=REFERENCE))
    )
    assert new is not None
    assert old is not None
    assert (new.state, old.state, old.reference) == ("booked", "moved", REFERENCE)
    assert new.instead_of == old.uid


@pytest.mark.parametrize("read", [read_calcom, read_calendly])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"\xff{}",
        b"[" * 100_000,
        written({"triggerEvent": "BOOKING_CREATED", "event": "invitee.created"}),
        written({**calcom("BOOKING_CREATED", "b"), "event": "invitee.created", "payload": [1]}),
        written({**calcom("BOOKING_CREATED", "b"), "createdAt": None, "event": "invitee.created"}),
        written(
            {
                **calcom("BOOKING_CREATED", "b"),
                "createdAt": "2026-03-02",
                "event": "invitee.created",
            }
        ),
    ],
)
def test_what_cannot_be_read_has_a_name(
    read: Callable[[bytes], Notice | None], body: bytes
) -> None:
    with pytest.raises(BadNotice):
        read(body)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text() | st.datetimes().map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
ODD = st.sampled_from(
    ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-03-02T09:00:00Z", "x" * 600]
)


@settings(deadline=None)
@given(
    st.sampled_from(["triggerEvent", "event"]),
    st.sampled_from(
        ["BOOKING_CREATED", "BOOKING_CANCELLED", "invitee.created", "invitee.canceled"]
    ),
    st.dictionaries(
        st.sampled_from(
            [
                "uid",
                "uri",
                "startTime",
                "metadata",
                "tracking",
                "scheduled_event",
                "old_invitee",
                "rescheduleUid",
            ]
        ),
        JSON | ODD,
    )
    | JSON,
    JSON | ODD,
)
def test_nothing_that_is_told_breaks_the_reader(
    name: str, event: str, payload: object, at: object
) -> None:
    body = json.dumps({name: event, "payload": payload, "createdAt": at, "created_at": at}).encode()
    for read in (read_calcom, read_calendly):
        with suppress(BadNotice):
            notice = read(body)
            assert notice is None or notice.at.tzinfo is UTC


@pytest.mark.parametrize(
    ("provider", "address", "leads_to"),
    [
        ("link", "https://a.example/visit?x=1", "https://a.example/visit?x=1"),
        ("link", "https://a.example/{reference}?r={reference}", "https://a.example/R?r=R"),
        ("calcom", "https://cal.com/c/v", "https://cal.com/c/v?metadata%5Bcandor%5D=R"),
        (
            "calcom",
            "https://cal.com/c/v?duration=30&layout=mobile#top",
            "https://cal.com/c/v?duration=30&layout=mobile&metadata%5Bcandor%5D=R#top",
        ),
        (
            "calendly",
            "https://calendly.com/c/v?month=2026-03",
            "https://calendly.com/c/v?month=2026-03&utm_source=candor&utm_content=R",
        ),
        (
            "calendly",
            "https://calendly.com/c/v?utm_source=shop",
            "https://calendly.com/c/v?utm_source=shop&utm_content=R",
        ),
        ("calendly", "/book?", "/book?utm_source=candor&utm_content=R"),
    ],
)
def test_an_address_gets_the_reference_and_nothing_else(
    provider: str, address: str, leads_to: str
) -> None:
    assert address_with(provider, address, "R") == leads_to
