"""Whatever fails, the patient sees something, and nothing that was kept is lost."""

import asyncio

import pytest

from bot.conversation import (
    AssistantUnavailable,
    Conversations,
    Entry,
    Message,
    Outcome,
    Standing,
    StoreUnavailable,
)
from bot.conversation.asking import Patience
from bot.conversation.ports import Settle
from bot.store import SqlStore
from tests.conversation.conversation_fakes import Echo, conversations_of, say, texts
from tests.databases import said

NOTICE = ["Please try again later."]


async def _said(conversations: Conversations, text: str) -> list[str]:
    conversation = await conversations.start("widget")
    turn = await conversations.receive(conversation, text)
    return texts(await conversations.finished(turn, timeout=5))


async def test_an_assistant_that_comes_back_in_time_is_asked_again(
    conversations: Conversations, assistant: Echo
) -> None:
    assistant.failing["hello"] = [AssistantUnavailable()] * 2
    assert await _said(conversations, "hello") == ["re: hello"]
    assert len(assistant.asked) == 3


async def test_an_assistant_that_stays_away_gives_a_notice_and_the_next_turn_is_tried(
    conversations: Conversations, assistant: Echo
) -> None:
    assistant.failing["hello"] = [AssistantUnavailable()] * 3
    assert await _said(conversations, "hello") == NOTICE
    assert len(assistant.asked) == 3
    assert await _said(conversations, "hello") == ["re: hello"]


async def test_an_assistant_that_hangs_gives_a_notice(store: SqlStore, assistant: Echo) -> None:
    conversations = conversations_of(store, assistant, patience=Patience(limit=0.02))
    assistant.held["hello"] = asyncio.Event()
    assert await _said(conversations, "hello") == NOTICE
    await conversations.close()


@pytest.mark.parametrize("text", ["the engine is down", "the engine hangs"])
async def test_an_assistant_that_cannot_read_ahead_holds_nothing_up(
    store: SqlStore, assistant: Echo, text: str
) -> None:
    conversations = conversations_of(store, assistant, patience=Patience(alarm=60.0))
    assert await _said(conversations, text) == [f"re: {text}"]
    assert assistant.ahead == [text]
    await conversations.close()


async def test_a_bug_in_the_assistant_gives_a_notice_and_is_logged_without_words(
    conversations: Conversations, assistant: Echo, caplog: pytest.LogCaptureFixture
) -> None:
    assistant.failing["my knee"] = [ValueError("cannot parse: my knee")]
    assert await _said(conversations, "my knee") == NOTICE
    assert await _said(conversations, "my knee") == ["re: my knee"]
    assert "ValueError at conversation_fakes.py:" in caplog.text
    assert "knee" not in caplog.text


async def test_an_assistant_without_words_gives_a_notice(
    conversations: Conversations, assistant: Echo
) -> None:
    assistant.replies = lambda text: []
    assert await _said(conversations, "hello") == NOTICE


async def test_replies_that_cannot_be_kept_give_a_notice(
    conversations: Conversations, assistant: Echo, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "about my knee"
    assistant.replies = lambda text: [Message("1", "answer", secret, intent=object())]  # type: ignore[arg-type]
    assert await _said(conversations, "hello") == NOTICE
    assert "knee" not in caplog.text


class Flaky(SqlStore):
    """A store that is away for a while, for working on turns."""

    away = 0

    async def finish(self, turn_id: str, settle: Settle) -> tuple[Entry, ...] | None:
        if Flaky.away > 0:
            Flaky.away -= 1
            raise StoreUnavailable
        return await SqlStore.finish(self, turn_id, settle)


async def test_a_store_that_comes_back_finishes_the_turns(store: SqlStore, assistant: Echo) -> None:
    Flaky.away = 3
    conversations = conversations_of(Flaky(store.database), assistant)
    assert await _said(conversations, "hello") == ["re: hello"]
    await conversations.close()


async def test_a_turn_that_goes_with_every_restart_is_given_up_with_a_notice(
    store: SqlStore, assistant: Echo
) -> None:
    conversation = await store.start("widget")
    kept = await store.keep(conversation, said("deadly"))
    for _ in range(3):
        await store.reopen()
    conversations = conversations_of(store, assistant)
    await conversations.resume()
    assert texts(await conversations.finished(kept.turn_id, timeout=5)) == NOTICE
    assert assistant.asked == []
    await conversations.close()


async def test_a_turn_is_finished_once(store: SqlStore) -> None:
    conversation = await store.start("widget")
    kept = await store.keep(conversation, said("hello"))

    def settle(standing: Standing) -> Outcome:
        return Outcome((say("re"),), standing.holding)

    finishes = [store.finish(kept.turn_id, settle) for _ in range(4)]
    told = [entries for entries in await asyncio.gather(*finishes) if entries is not None]
    assert told == [tuple(await store.entries(conversation, 1, None))]
