"""The booking link: counted when it is ours, and leading on whatever happens."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp.test_utils import TestClient
from pytest_aiohttp import AiohttpClient

from bot.conversation.tokens import sign_ids
from bot.settings import Settings
from tests.web.clinic_site import BROKEN, ClinicSite, clinic_site


async def test_a_click_is_counted_and_leads_to_the_booking_page(
    client: TestClient, site: ClinicSite
) -> None:
    token = sign_ids(site.settings.secret, "booking", "c" * 32, "e" * 32)
    response = await client.get(f"/book/{token}", allow_redirects=False)
    assert response.status == 302
    assert response.headers["Location"] == site.settings.clinic.booking_url
    assert site.clicks == [f"{'c' * 32}/{'e' * 32}"]


@pytest.mark.parametrize(
    ("purpose", "ids"),
    [("other", ["c" * 32, "e" * 32]), ("booking", [BROKEN, "e" * 32]), ("booking", ["c" * 32])],
)
async def test_a_patient_gets_through_even_when_nothing_can_be_counted(
    client: TestClient, site: ClinicSite, purpose: str, ids: list[str]
) -> None:
    for token in (sign_ids(site.settings.secret, purpose, *ids), "forged"):
        response = await client.get(f"/book/{token}", allow_redirects=False)
        assert response.headers["Location"] == site.settings.clinic.booking_url
    assert site.clicks == []


def _at_cal(settings: Settings) -> Settings:
    address = "https://cal.example/clinic/visit?duration=30"
    return replace(settings, booking=replace(settings.booking, provider="calcom", address=address))


@pytest.fixture
async def cal(tmp_path: Path) -> AsyncIterator[ClinicSite]:
    async with clinic_site(tmp_path, "http://clinic.test", change=_at_cal) as site:
        yield site


async def test_every_click_takes_a_reference_along_that_says_nothing(
    cal: ClinicSite, aiohttp_client: AiohttpClient
) -> None:
    client = await aiohttp_client(cal.app)
    token = sign_ids(cal.settings.secret, "booking", "c" * 32, "e" * 32)
    found = set()
    for path in (f"/book/{token}", f"/book/{token}", "/book/forged"):
        response = await client.get(path, allow_redirects=False)
        parts = urlsplit(response.headers["Location"])
        query = parse_qs(parts.query)
        [reference] = query.pop("metadata[candor]")
        assert query == {"duration": ["30"]}
        assert len(reference) == 32
        found.add(reference)
    assert len(found) == 3
    assert not found & {"c" * 32, "e" * 32}


async def test_the_demo_keeps_nothing_of_a_booking(client: TestClient) -> None:
    assert "Nothing is booked" in await (await client.get("/demo/booking")).text()
    response = await client.post("/demo/booking", data={"name": "Someone Invented"})
    page = await response.text()
    assert "Nothing was booked" in page
    assert "Someone Invented" not in page
