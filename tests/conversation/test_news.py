"""A follower hears of entries and of the holder, and pages fill what lies before."""

import asyncio
from contextlib import aclosing, suppress
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation import Conversations, Entry, News, NotHeld
from bot.conversation.watching import PAGE
from bot.store import SqlStore, open_store
from tests.conversation.conversation_fakes import Echo, conversations_of, say, texts
from tests.databases import url_of
from tests.staff import ADA, person, say_in


async def test_news_come_at_once_and_with_each_change_of_holder(
    conversations: Conversations,
) -> None:
    conversation = await conversations.start("widget")
    async with asyncio.timeout(5), aclosing(conversations.follow(conversation)) as line:
        assert await anext(line) == News((), "bot")
        await conversations.wait(conversation, "asked")
        assert await anext(line) == News((), "waiting")
        await conversations.take(conversation, ADA)
        assert await anext(line) == News((), "staff", "Ada")
        await conversations.hand_back(conversation, ADA)
        back = await anext(line)
        assert (texts(back.entries), back.holder, back.name) == (["handed_back"], "bot", None)
        said = await conversations.speak(conversation, ADA, "Hello.")
        assert await anext(line) == News((said,), "staff", "Ada")


async def test_another_person_is_news(conversations: Conversations) -> None:
    conversation = await conversations.start("widget")
    ben = person("Ben")
    await conversations.take(conversation, ADA)
    async with asyncio.timeout(5), aclosing(conversations.follow(conversation)) as line:
        assert await anext(line) == News((), "staff", "Ada")
        await conversations.hand_back(conversation, ADA)
        assert (await anext(line)).name is None
        await conversations.take(conversation, ben)
        assert await anext(line) == News((), "staff", "Ben")


async def test_a_holder_who_stays_is_no_news(conversations: Conversations) -> None:
    conversation = await conversations.start("widget")
    async with asyncio.timeout(5), aclosing(conversations.follow(conversation)) as line:
        await conversations.wait(conversation, "asked")
        await anext(line)
        more = asyncio.create_task(anext(line))
        await conversations.wait(conversation, "asked")
        await asyncio.sleep(0.02)
        assert not more.done()
        await conversations.take(conversation, ADA)
        assert await more == News((), "staff", "Ada")


async def test_a_handoff_is_heard_with_its_message(
    conversations: Conversations, assistant: Echo
) -> None:
    assistant.replies = lambda text: [say("One moment.", "handoff")]
    conversation = await conversations.start("widget")
    await conversations.finished(await conversations.receive(conversation, "person"), timeout=5)
    async with asyncio.timeout(5), aclosing(conversations.follow(conversation, 1)) as line:
        news = await anext(line)
    assert (texts(news.entries), news.holder) == (["One moment."], "waiting")


@pytest.mark.parametrize("spoken", [PAGE, PAGE + 1])
async def test_news_come_in_pages(
    store: SqlStore, conversations: Conversations, spoken: int
) -> None:
    conversation = await store.start("widget")
    for number in range(spoken):
        await say_in(store, conversation, say(str(number), "staff"))
    seen: list[Entry] = []
    async with asyncio.timeout(9), aclosing(conversations.follow(conversation)) as line:
        while len(seen) < spoken:
            news = await anext(line)
            assert 0 < len(news.entries) <= PAGE
            seen += news.entries
        more = asyncio.create_task(anext(line))
        last = await conversations.speak(conversation, person("Ada"), "last")
        assert (await more).entries == (last,)
    assert texts(seen) == [str(number) for number in range(spoken)]


async def _write(conversations: Conversations, conversation: str, random: Random) -> None:
    for number in range(10):
        match random.choice(("patient", "patient", "staff", "bot", "waiting")):
            case "patient":
                await conversations.receive(conversation, f"p{number}", key=f"k{number}")
            case "staff":
                await conversations.speak(conversation, person("Ada"), f"s{number}")
            case "bot":
                with suppress(NotHeld):
                    await conversations.hand_back(conversation, ADA)
            case "waiting":
                await conversations.wait(conversation, "asked")
        await asyncio.sleep(random.choice((0, 0, 0.001, 0.003)))


async def _widget(
    conversations: Conversations, conversation: str, random: Random, seen: list[Entry]
) -> None:
    """Show the last page, follow from there, and fill up backwards meanwhile."""
    await asyncio.sleep(random.choice((0, 0.002, 0.01)))
    limit = random.choice((1, 2, 5))
    seen += await conversations.entries(conversation, limit=limit)
    filled = not seen

    async def fill() -> None:
        nonlocal filled
        while not filled:
            page = await conversations.entries(conversation, before=seen[0].seq, limit=limit)
            seen[:0] = page
            filled = not page
            await asyncio.sleep(random.choice((0, 0.001)))

    filling = asyncio.create_task(fill())
    try:
        while True:
            after = seen[-1].seq if seen else 0
            async with aclosing(conversations.follow(conversation, after)) as line:
                async for news in line:
                    seen += news.entries
                    if random.random() < 0.2:
                        break
    finally:
        await filling


async def _live(folder: Path, random: Random) -> None:
    store = await open_store(url_of(folder))
    conversations = conversations_of(store, Echo())
    conversation = await conversations.start("widget")
    shown: list[list[Entry]] = [[] for _ in range(3)]
    widgets = [
        asyncio.create_task(_widget(conversations, conversation, random, seen)) for seen in shown
    ]
    async with asyncio.timeout(20):
        await _write(conversations, conversation, random)
        with suppress(NotHeld):
            await conversations.hand_back(conversation, ADA)
        turn = await conversations.receive(conversation, "last")
        await conversations.finished(turn, timeout=9)
        transcript = await conversations.transcript(conversation)
        while any(seen[-1:] != transcript[-1:] or seen[0].seq > 1 for seen in shown):  # noqa: ASYNC110
            await asyncio.sleep(0.001)
    for widget in widgets:
        widget.cancel()
    await asyncio.gather(*widgets, return_exceptions=True)
    assert [entry.seq for entry in transcript] == list(range(1, len(transcript) + 1))
    for seen in shown:
        assert seen == transcript, "each entry once, in order"
    await conversations.close()
    await store.close()


@pytest.mark.slow
@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32))
def test_pages_and_news_give_each_entry_once_in_order(seed: int) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(_live(Path(folder), Random(seed)))  # noqa: S311
