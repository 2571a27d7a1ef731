"""A page that was away learns that it missed something, and one that wasn't is left alone."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from bot.desk.live import REMEMBERED, Live

NAMES = st.lists(st.sampled_from("abc"), max_size=30)


def rung(live: Live, names: Iterable[str]) -> str:
    """Ring names and return the cursor of before."""
    before = live.cursor
    for name in names:
        live.ring(name)
    return before


@given(earlier=NAMES, missed=NAMES)
def test_what_was_missed_is_news_and_nothing_else(earlier: list[str], missed: list[str]) -> None:
    live = Live()
    rung(live, earlier)
    cursor = rung(live, missed)
    assert live.is_news(cursor, None) == bool(missed)
    for name in "abc":
        assert live.is_news(cursor, name) == (name in missed)
    assert not live.is_news(live.cursor, None)


def test_after_a_restart_or_a_long_while_everything_may_be_news() -> None:
    live = Live()
    cursor = rung(live, ["a"] * (REMEMBERED + 1))
    assert live.is_news(cursor, "b")
    assert Live().is_news(live.cursor, "b")
    for nonsense in ("", "-", "x-1", f"{live.cursor}0", f"{live.cursor.partition('-')[0]}-x"):
        assert live.is_news(nonsense, None)


async def test_whoever_waits_is_woken_by_each_change_and_by_the_end() -> None:
    live = Live()
    bell = live.bell
    live.ring("a")
    assert bell.is_set()
    bell = live.bell
    assert not bell.is_set()
    live.close()
    assert bell.is_set()
    assert live.is_closed
