"""What booking providers post: believed when it is signed, matched, and kept without a name."""

import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp.test_utils import TestClient
from pytest_aiohttp import AiohttpClient

from bot.conversation.tokens import sign_ids
from bot.settings import Settings
from bot.store.bookings import of_conversation
from tests.booking.booking_deliveries import (
    SECRET,
    calcom,
    calcom_header,
    calendly,
    calendly_header,
    written,
)
from tests.web.clinic_site import ClinicSite, clinic_site


def _listening(settings: Settings) -> Settings:
    booking = replace(
        settings.booking,
        provider="calcom",
        address="https://cal.example/clinic/visit",
        calcom_secret=SECRET,
        calendly_key=SECRET,
    )
    return replace(settings, booking=booking)


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[ClinicSite]:
    async with clinic_site(tmp_path, "http://clinic.test", change=_listening) as built:
        yield built


@pytest.fixture
async def client(site: ClinicSite, aiohttp_client: AiohttpClient) -> TestClient:
    return await aiohttp_client(site.app)


async def _pressed(client: TestClient, site: ClinicSite) -> tuple[str, str]:
    """Return a conversation in which a booking button was pressed, and the page's reference."""
    conversation = await site.conversations.start("widget")
    token = sign_ids(site.settings.secret, "booking", conversation, "e" * 32)
    response = await client.get(f"/book/{token}", allow_redirects=False)
    query = parse_qs(urlsplit(response.headers["Location"]).query)
    return conversation, query["metadata[candor]"][0]


async def _post_calcom(client: TestClient, told: object) -> int:
    body = written(told)
    answer = await client.post("/booking/calcom", data=body, headers=calcom_header(body))
    return answer.status


async def _post_calendly(client: TestClient, told: object, late: int = 0) -> int:
    body = written(told)
    headers = calendly_header(body, int(time.time()) - late)
    answer = await client.post("/booking/calendly", data=body, headers=headers)
    return answer.status


async def test_a_visit_is_matched_to_its_conversation_and_followed(
    client: TestClient, site: ClinicSite, tmp_path: Path
) -> None:
    conversation, reference = await _pressed(client, site)
    database = site.store.database
    first = calcom("BOOKING_CREATED", "uid-of-cal-com", reference=reference)
    for _ in range(2):
        assert await _post_calcom(client, first) == 200
    [booked] = await of_conversation(database, conversation)
    assert (booked.provider, booked.state, booked.message_id) == ("calcom", "booked", "e" * 32)
    moved = calcom("BOOKING_RESCHEDULED", "n", told=5, starts=99, instead_of="uid-of-cal-com")
    assert await _post_calcom(client, moved) == 200
    assert await _post_calcom(client, calcom("BOOKING_CANCELLED", "n", told=9)) == 200
    states = [one.state for one in await of_conversation(database, conversation)]
    assert states == ["moved", "cancelled"]
    with closing(sqlite3.connect(tmp_path / "candor.db")) as connection:
        rows = str(connection.execute("SELECT * FROM bookings").fetchall())
    for word in ("Pat", "patient.example", "knee", "first visit", "uid-of-cal-com"):
        assert word not in rows


@pytest.mark.parametrize("new_first", [True, False])
async def test_a_visit_moved_at_calendly_is_matched_in_any_order(
    client: TestClient, site: ClinicSite, new_first: bool
) -> None:
    conversation, reference = await _pressed(client, site)
    new = calendly("invitee.created", "n", told=5, instead_of="o")
    old = calendly("invitee.canceled", "o", told=5, rescheduled=True, reference=reference)
    for told in (new, old) if new_first else (old, new):
        assert await _post_calendly(client, told) == 200
    states = [one.state for one in await of_conversation(site.store.database, conversation)]
    assert sorted(states) == ["booked", "moved"]


async def test_what_is_not_signed_or_not_readable_is_refused_and_not_kept(
    client: TestClient, site: ClinicSite
) -> None:
    body = written(calcom("BOOKING_CREATED", "a"))
    other = calcom_header(body, "another-secret-of-somebody")
    for path, headers, status in (
        ("/booking/calcom", {}, 401),
        ("/booking/calcom", other, 401),
        ("/booking/calcom", {"X-Cal-Signature-256": "no-secret-provided"}, 401),
        ("/booking/calendly", calcom_header(body), 401),
    ):
        answer = await client.post(path, data=body, headers=headers)
        assert answer.status == status
        assert (await answer.json())["error"]["code"] == "wrong_signature"
    assert await _post_calendly(client, calendly("invitee.created", "a"), late=200) == 401
    for bad in (b"{", b"triggerEvent=BOOKING_CREATED"):
        answer = await client.post("/booking/calcom", data=bad, headers=calcom_header(bad))
        assert answer.status == 400
    large = written({"a": "x" * 200_000})
    answer = await client.post("/booking/calcom", data=large, headers=calcom_header(large))
    assert answer.status == 413
    with site.store.database.reader.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM bookings").scalar() == 0


async def test_what_does_not_concern_us_is_accepted_and_counted(client: TestClient) -> None:
    assert await _post_calcom(client, {"triggerEvent": "PING", "payload": {}}) == 200
    assert await _post_calcom(client, calcom("MEETING_ENDED", "a")) == 200
    unknown = calcom("BOOKING_CREATED", "a", reference="0" * 32)
    assert [await _post_calcom(client, unknown) for _ in range(2)] == [200, 200]
    text = await (await client.get("/metrics")).text()
    for outcome, number in (("ignored", 2), ("without", 1), ("repeated", 1)):
        counted = f'notices_total{{provider="calcom",conversation="{outcome}"}} {number}'
        assert counted in text


async def test_without_a_secret_nobody_is_there(
    tmp_path: Path, aiohttp_client: AiohttpClient
) -> None:
    async with clinic_site(tmp_path, "http://clinic.test") as site:
        client = await aiohttp_client(site.app)
        assert await _post_calcom(client, calcom("BOOKING_CREATED", "a")) == 404
        assert await _post_calendly(client, calendly("invitee.created", "a")) == 404
