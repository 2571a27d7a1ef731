"""Questions are collected again and again, whatever fails on the way."""

import asyncio
import logging
from contextlib import suppress
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.conversation import Message
from bot.conversation.message import new_id
from bot.desk.questions.collecting import Collector
from bot.runtime.collecting import keep_collecting
from bot.store import open_store
from bot.store.desk import questions
from tests.databases import at_once, said, url_of


async def test_what_is_said_while_the_site_runs_is_collected_and_guessed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    store = await open_store(url_of(tmp_path))
    collector = Collector(store.database, "GB", ZoneInfo("UTC"))
    asked = asyncio.Event()
    failures = [KeyError("a sore knee")]

    async def understand(_: str) -> dict[str, object]:
        if failures:
            raise failures.pop()
        asked.set()
        return {}

    task = asyncio.create_task(keep_collecting(collector, understand, every=0))
    conversation = await store.start("widget")
    decline = Message(new_id(), "decline", "No.", "cost", 0.9)
    await store.keep(conversation, said("what does it cost"), settle=at_once(decline))
    async with asyncio.timeout(5):
        await asked.wait()
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    [one] = await questions.open_questions(store.database)
    assert one.text == "what does it cost"
    assert "KeyError" in caplog.text
    assert "knee" not in caplog.text
    assert "what does" not in caplog.text
    await store.close()
