"""A real store in a file."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

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
