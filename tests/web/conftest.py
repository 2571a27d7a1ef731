"""A fresh site for each test, reached through real HTTP."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient
from pytest_aiohttp import AiohttpClient

from tests.web.clinic_site import ClinicSite, clinic_site


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[ClinicSite]:
    async with clinic_site(tmp_path, "http://clinic.test") as built:
        yield built


@pytest.fixture
async def client(site: ClinicSite, aiohttp_client: AiohttpClient) -> TestClient:
    return await aiohttp_client(site.app)
