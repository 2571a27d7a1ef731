"""A real store in a file."""

from collections.abc import AsyncIterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.desk.questions.collecting import Collector
from bot.store import SqlStore, open_store
from bot.store.whatsapp import WhatsAppStore
from tests.databases import url_of


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    store = await open_store(url_of(tmp_path))
    yield store
    await store.close()


@pytest.fixture
def kept(store: SqlStore) -> WhatsAppStore:
    return WhatsAppStore(store.database)


@pytest.fixture
def collector(store: SqlStore) -> Collector:
    return Collector(store.database, "GB", ZoneInfo("Europe/London"), ("(deleted)",), chunk=3)
