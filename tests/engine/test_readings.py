"""A reading waits for its turn, for a few seconds and for the model that made it."""

import asyncio

import pytest

from engine import readings
from engine.readings import Readings

TEXT, MODEL, NEWER = "is it permanent", object(), object()
READING = {"text": TEXT}


@pytest.mark.asyncio
async def test_a_reading_is_found_until_a_turn_takes_it() -> None:
    kept = Readings()
    kept.keep(TEXT, MODEL, READING)
    assert [kept.find(TEXT, MODEL) for _ in range(2)] == [READING] * 2
    assert [kept.take(TEXT, MODEL) for _ in range(2)] == [READING, None]


@pytest.mark.asyncio
async def test_a_new_model_reads_anew() -> None:
    kept = Readings()
    kept.keep(TEXT, MODEL, READING)
    assert kept.find(TEXT, NEWER) is None
    assert kept.take(TEXT, NEWER) is None


@pytest.mark.asyncio
async def test_what_no_turn_takes_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "SECONDS", 0.01)
    kept = Readings()
    kept.keep(TEXT, MODEL, READING)
    await asyncio.sleep(0.05)
    assert kept == Readings()
