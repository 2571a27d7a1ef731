"""A gate to a real database, with a clock that a test moves, and a site around it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient
from pytest_aiohttp import AiohttpClient

from bot.desk.gate import Gate
from bot.store.database import open_database
from bot.store.desk import DeskStore
from tests.databases import url_of
from tests.web.clinic_site import ClinicSite, clinic_site, quick_passwords


@dataclass
class Clock:
    """Stands still until it is moved."""

    at: datetime = field(default_factory=lambda: datetime(2026, 3, 2, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **time: float) -> None:
        self.at += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def gate(tmp_path: Path, clock: Clock) -> AsyncIterator[Gate]:
    database = await open_database(url_of(tmp_path))
    yield Gate(DeskStore(database), quick_passwords(), "s" * 40, clock)
    await database.close()


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[ClinicSite]:
    async with clinic_site(tmp_path, "http://clinic.test") as built:
        yield built


@pytest.fixture
async def client(site: ClinicSite, aiohttp_client: AiohttpClient) -> TestClient:
    return await aiohttp_client(site.app)
