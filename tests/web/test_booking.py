"""The booking link: counted when it is ours, and leading on whatever happens."""

import pytest
from aiohttp.test_utils import TestClient

from bot.conversation.tokens import sign_ids
from tests.web.clinic_site import BROKEN, ClinicSite


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


async def test_the_demo_keeps_nothing_of_a_booking(client: TestClient) -> None:
    assert "Nothing is booked" in await (await client.get("/demo/booking")).text()
    response = await client.post("/demo/booking", data={"name": "Someone Invented"})
    page = await response.text()
    assert "Nothing was booked" in page
    assert "Someone Invented" not in page
