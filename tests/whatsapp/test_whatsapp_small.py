"""Emojis, keys, the window and alarms: the small things that the channel rests on."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.whatsapp.feelings import HELPFUL, NOT_HELPFUL, is_helpful
from bot.channels.whatsapp.keys import line_key, message_key, status_key
from bot.channels.whatsapp.timers import Timers
from bot.channels.whatsapp.window import MARGIN, WINDOW, now, time_left
from bot.store.whatsapp import KEY

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
MOMENT = timedelta(milliseconds=60)


@pytest.mark.parametrize(
    ("emoji", "helpful"),
    [
        ("👍", True),
        ("👍🏽", True),
        ("👍\ufe0f", True),
        ("❤️", True),
        ("❤", True),
        ("🙏🏿", True),
        ("👎", False),
        ("👎🏻", False),
        ("😡", False),
        ("💔", False),
        ("🤔", None),
        ("😂", None),
        ("🦵", None),
        ("\ufe0f", None),
        ("", None),
        ("thanks", None),
    ],
)
def test_feelings(emoji: str, helpful: bool | None) -> None:
    assert is_helpful(emoji) is helpful


def test_no_emoji_says_both_and_each_is_one_mark() -> None:
    assert not HELPFUL & NOT_HELPFUL
    assert all(ord(mark) > 0x2000 and mark != "\ufe0f" for mark in HELPFUL | NOT_HELPFUL)


def test_a_key_is_the_same_for_the_same_and_tells_nothing() -> None:
    keys = [
        message_key("secret", "1", "wamid.447700900001"),
        message_key("secret", "2", "wamid.447700900001"),
        message_key("another", "1", "wamid.447700900001"),
        message_key("secret", "1", "wamid.447700900002"),
        status_key("secret", "1", "wamid.447700900001", "sent"),
        status_key("secret", "1", "wamid.447700900001", "read"),
        status_key("secret", "1", "wamid.44770090000", "1sent"),
    ]
    assert len(set(keys)) == len(keys)
    assert message_key("secret", "1", "wamid.447700900001") == keys[0]
    assert all(len(key) == 64 and "4477" not in key for key in keys)
    assert line_key(keys[0]) == KEY + keys[0]


@pytest.mark.parametrize(
    ("wrote_at", "left"),
    [
        (None, timedelta()),
        (NOW, WINDOW - MARGIN),
        (NOW - timedelta(hours=23), timedelta(hours=1) - MARGIN),
        (NOW - WINDOW + MARGIN, timedelta()),
        (NOW - timedelta(days=30), timedelta()),
    ],
)
def test_how_long_the_window_is_open(wrote_at: datetime | None, left: timedelta) -> None:
    assert time_left(wrote_at, NOW) == left


async def _rung(*asked: tuple[str, timedelta], seconds: float = 0.3) -> list[str]:
    """Who is woken within a time, in order."""
    rung: list[str] = []
    timers, begun = Timers(rung.append), now()
    for name, after in asked:
        timers.wake_at(name, begun + after)
    await asyncio.sleep(seconds)
    timers.close()
    return rung


@pytest.mark.parametrize(
    ("asked", "rung"),
    [
        ([("a", MOMENT)], ["a"]),
        ([("a", 2 * MOMENT), ("b", MOMENT)], ["b", "a"]),
        ([("a", -MOMENT)], ["a"]),
        ([("a", MOMENT), ("a", MOMENT)], ["a"]),
        ([("a", timedelta(hours=1)), ("a", MOMENT)], ["a"]),
        ([("a", MOMENT), ("a", timedelta(hours=1))], ["a"]),
        ([("a", timedelta(hours=1))], []),
    ],
)
async def test_one_alarm_a_name_the_earliest(
    asked: list[tuple[str, timedelta]], rung: list[str]
) -> None:
    assert await _rung(*asked) == rung


async def test_nobody_is_woken_too_early() -> None:
    woken: list[datetime] = []
    timers, moment = Timers(lambda _: woken.append(now())), now() + MOMENT
    timers.wake_at("a", moment)
    await asyncio.sleep(0.3)
    assert [at >= moment for at in woken] == [True]


async def test_who_was_woken_can_ask_again() -> None:
    rung: list[str] = []

    def wake(name: str) -> None:
        rung.append(name)
        if len(rung) < 3:
            timers.wake_at(name, now())

    timers = Timers(wake)
    timers.wake_at("a", now())
    await asyncio.sleep(0.3)
    assert rung == ["a"] * 3


async def test_after_the_end_nobody_is_woken() -> None:
    rung: list[str] = []
    timers = Timers(rung.append)
    timers.wake_at("a", now() + MOMENT)
    timers.close()
    await asyncio.sleep(0.2)
    assert rung == []
