"""Many questions at once: each answered, in the order given, whatever they are."""

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.conversation import Conversations, Memory, Message, Reply
from bot.runtime.questions import ask_all, ask_one
from bot.store import open_store
from tests.databases import url_of


class Slow:
    """Repeats what it hears, after a while that differs."""

    async def harmless(self, text: str) -> bool:
        return False

    async def read_ahead(self, text: str) -> None:
        """Do nothing before the turn."""

    async def reply(self, conversation_id: str, text: str, memory: Memory) -> Reply:
        await asyncio.sleep(random.uniform(0, 0.02))  # noqa: S311 (no secret)
        return Reply([Message(id=conversation_id, kind="answer", text=text)])


@pytest.fixture
async def conversations(tmp_path: Path) -> AsyncIterator[Conversations]:
    store = await open_store(url_of(tmp_path))
    conversations = Conversations(
        store, Slow(), lambda _: None, lambda: Message(id="u", kind="notice", text="Later.")
    )
    yield conversations
    await conversations.close()
    await store.close()


async def test_answers_come_in_the_order_of_the_questions(conversations: Conversations) -> None:
    texts = [f"question {number}" for number in range(40)]
    asked = [pair async for pair in ask_all(conversations, texts)]
    assert [text for text, _ in asked] == texts
    assert [messages[0].text for _, messages in asked] == texts
    assert len({messages[0].id for _, messages in asked}) == 40, "each in a fresh conversation"


@pytest.mark.parametrize("text", ["", "   ", "\x00\x07", "x" * 10_000])
async def test_what_can_not_be_taken_gets_a_notice(conversations: Conversations, text: str) -> None:
    (message,) = await ask_one(conversations, text)
    assert message.kind == "notice"
    assert message.text.strip()


@pytest.mark.parametrize(
    "text", ["🙂🙂🙂", "<script>alert(1)</script>", "does\x07 it\x1b[31m last?"]
)
async def test_odd_text_is_asked_all_the_same(conversations: Conversations, text: str) -> None:
    (message,) = await ask_one(conversations, text)
    assert message.kind == "answer"
    assert not {"\x07", "\x1b"} & set(message.text)
