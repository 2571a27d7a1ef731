"""Health and metrics: what an operator's programs read."""

import asyncio
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient
from pytest_aiohttp import AiohttpClient

from bot.web import health
from tests.web.clinic_site import ClinicSite, bearer, clinic_site


async def well() -> str | None:
    return None


async def ill() -> str | None:
    return "the engine does not answer"


async def stuck() -> str | None:
    await asyncio.sleep(60)
    return None


async def broken() -> str | None:
    raise OSError("password=hunter2")


async def test_it_lives(client: TestClient) -> None:
    assert (await client.get("/health/live")).status == 200


async def test_it_is_ready_when_each_part_is(tmp_path: Path, aiohttp_client: AiohttpClient) -> None:
    async with clinic_site(tmp_path, "http://clinic.test", checks={"engine": well}) as site:
        response = await (await aiohttp_client(site.app)).get("/health/ready")
        assert response.status == 200
        assert (await response.json())["checks"] == {"engine": {"ok": True}}


async def test_each_part_that_is_not_well_is_named(
    tmp_path: Path, aiohttp_client: AiohttpClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "CHECK_SECONDS", 0.1)
    checks = {"engine": ill, "database": well, "model": stuck, "disk": broken}
    async with clinic_site(tmp_path, "http://clinic.test", checks=checks) as site:
        response = await (await aiohttp_client(site.app)).get("/health/ready")
        body = await response.text()
        results = (await response.json())["checks"]
    assert response.status == 503
    assert results["engine"] == {"ok": False, "problem": "the engine does not answer"}
    assert results["database"]["ok"]
    assert "no answer" in results["model"]["problem"]
    assert "hunter2" not in body


async def test_metrics_count_and_tell_nothing_of_a_person(
    client: TestClient, site: ClinicSite
) -> None:
    response = await client.post("/api/messages", json={"text": "is it permanent?"})
    token = (await response.json())["conversation"]
    await client.get("/api/conversation", headers=bearer(token))
    await client.get("/book/forged", allow_redirects=False)
    await client.get("/some/made/up/page")
    text = await (await client.get("/metrics")).text()
    assert 'candor_messages_total{channel="widget"} 1' in text
    assert 'candor_bookings_total{counted="no"} 1' in text
    assert 'route="/api/conversation"' in text
    assert 'route="unmatched",method="GET",status="404"' in text
    assert "candor_request_seconds_count" in text
    assert token not in text
    assert "permanent" not in text
