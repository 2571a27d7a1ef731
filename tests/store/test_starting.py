"""A conversation whose id is given begins once, whoever says so and how often."""

import asyncio
from pathlib import Path

import pytest

from bot.conversation import Change, Conversations
from bot.store import SqlStore, open_store
from tests.conversation.conversation_fakes import Echo, conversations_of
from tests.databases import said, url_of
from tests.staff import held

GIVEN = "0123456789abcdef" * 2


async def test_those_who_start_at_once_share_one_conversation(tmp_path: Path) -> None:
    stores = [await open_store(url_of(tmp_path)) for _ in range(3)]

    async def send(store: SqlStore) -> tuple[str, str]:
        conversation = await store.start("widget", GIVEN)
        return conversation, (await store.keep(conversation, said("hello", "k1"))).turn_id

    sent = await asyncio.gather(*(send(store) for store in stores * 6))
    assert len(set(sent)) == 1
    assert sent[0][0] == GIVEN
    assert len(await stores[0].entries(GIVEN)) == 1
    for store in stores:
        await store.close()


async def test_starting_again_changes_nothing(store: SqlStore) -> None:
    await store.start("widget", GIVEN)
    await store.keep(GIVEN, said("hello"))
    await store.change(GIVEN, lambda now, at: Change(held(now)))
    before = await store.conversation(GIVEN)
    assert await store.start("whatsapp", GIVEN) == GIVEN
    assert await store.conversation(GIVEN) == before
    kept = await store.keep(GIVEN, said("again"))
    assert kept.new
    assert [entry.seq for entry in await store.entries(GIVEN)] == [1, 2]


@pytest.mark.parametrize("bad", ["", "a", "A" * 32, "g" * 32, "a" * 33, "a" * 32 + "\n"])
async def test_an_id_that_is_none_is_refused(store: SqlStore, bad: str) -> None:
    conversations: Conversations = conversations_of(store, Echo())
    with pytest.raises(ValueError, match="32 lowercase hexadecimal"):
        await conversations.start("widget", bad)
    await conversations.close()
