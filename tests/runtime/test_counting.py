"""The figures are brought up to date again and again, whatever fails."""

import asyncio
import logging
from contextlib import suppress

import pytest

from bot.runtime.counting import keep_counting


async def test_a_failure_is_one_line_and_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    outcomes: list[int | Exception] = [3, KeyError("a sore knee"), 0]
    done = asyncio.Event()

    async def count() -> int:
        if not outcomes:
            done.set()
            await asyncio.Event().wait()
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    with caplog.at_level(logging.INFO):
        task = asyncio.create_task(keep_counting(count, every=0))
        async with asyncio.timeout(5):
            await done.wait()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    [failed] = caplog.records
    assert failed.levelname == "ERROR"
    assert "KeyError" in failed.getMessage()
    assert "knee" not in caplog.text
