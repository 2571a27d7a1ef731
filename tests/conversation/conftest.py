"""A real store in a file, an assistant, and the use case on both."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.conversation import Conversations
from bot.store import SqlStore, open_store
from tests.conversation.conversation_fakes import Echo, conversations_of
from tests.databases import url_of


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    store = await open_store(url_of(tmp_path))
    yield store
    await store.close()


@pytest.fixture
def assistant() -> Echo:
    return Echo()


@pytest.fixture
async def conversations(store: SqlStore, assistant: Echo) -> AsyncIterator[Conversations]:
    conversations = conversations_of(store, assistant)
    yield conversations
    await conversations.close(grace=0)
