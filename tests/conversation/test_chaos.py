"""Patients write at once, while the assistant, the store and the application fail at random."""

import asyncio
from contextlib import aclosing
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation import Closed, Conversations, Entry, StoreUnavailable
from tests.conversation.chaos_world import Shaky, World
from tests.conversation.conversation_fakes import texts

PATIENTS, MESSAGES, RESTARTS = 4, 5, 3
NOTICE = "Please try again later."


async def _patient(world: World, name: str, conversation: str) -> list[str]:
    """Send some messages, each until it is acknowledged; return the turns."""
    turns: list[str] = []
    for number in range(MESSAGES):
        text = f"{name}{number}" + (" chest pain" if world.random.random() < 0.1 else "")
        while len(turns) == number:
            try:
                turns.append(await world.conversations.receive(conversation, text, key=text))
            except (StoreUnavailable, Closed):
                await asyncio.sleep(0.002)
        await asyncio.sleep(world.random.choice((0, 0.003)))
    return turns


async def _follower(world: World, conversation: str, seen: list[Entry]) -> None:
    """Follow the conversation, coming back with the cursor whenever the line breaks."""
    while True:
        after = seen[-1].seq if seen else 0
        try:
            async with aclosing(world.conversations.follow(conversation, after)) as line:
                async for news in line:
                    seen += news.entries
                    if world.random.random() < 0.1:
                        break
        except (StoreUnavailable, Closed):
            pass
        await asyncio.sleep(0.001)


async def _life(random: Random, folder: Path) -> None:
    Shaky.random, Shaky.calm = random, False
    world = World(random, folder)
    await world.live()
    talks = {f"p{number}-": await world.conversations.start("widget") for number in range(PATIENTS)}
    seen: dict[str, list[Entry]] = {name: [] for name in talks}
    followers = [
        asyncio.create_task(_follower(world, talk, seen[name])) for name, talk in talks.items()
    ]
    sending = asyncio.gather(*(_patient(world, name, talk) for name, talk in talks.items()))
    for _ in range(RESTARTS):
        await asyncio.sleep(random.random() * 0.05)
        await world.die()
        await world.live()
    turns = dict(zip(talks, await sending, strict=True))
    Shaky.calm = True
    async with asyncio.timeout(20):
        for name, talk in talks.items():
            await _check(world.conversations, talk, turns[name], seen[name])
    for follower in followers:
        follower.cancel()
    await asyncio.gather(*followers, return_exceptions=True)
    await world.die()


async def _check(
    conversations: Conversations, talk: str, turns: list[str], seen: list[Entry]
) -> None:
    replies = [await conversations.finished(turn, timeout=20) for turn in turns]
    transcript = await conversations.transcript(talk)
    said = [entry for entry in transcript if entry.author == "patient"]
    assert len(set(turns)) == len(said) == MESSAGES, "each message is kept once"
    assert texts(said) == sorted(texts(said)), "in the order of arrival"
    assert [entry.seq for entry in transcript] == list(range(1, len(transcript) + 1))
    assert len(transcript) == MESSAGES + sum(map(len, replies)), "each reply is of one turn"
    for question, answer in zip(said, replies, strict=True):
        _check_turn(question, answer)
    waiting = [answer[0].seq for answer in replies if answer[0].message.kind != "urgent"]
    assert waiting == sorted(waiting), "turns are answered in order"
    while len(seen) < len(transcript):  # noqa: ASYNC110
        await asyncio.sleep(0.001)
    assert seen == transcript, "a follower sees each entry once, in order"


def _check_turn(question: Entry, answer: list[Entry]) -> None:
    """The replies are whole, together, and below the message."""
    assert [entry.seq - answer[0].seq for entry in answer] == list(range(len(answer)))
    assert answer[0].seq > question.seq
    text = question.message.text
    if "chest pain" in text:
        assert texts(answer) == ["Please call now."]
        assert answer[0].seq == question.seq + 1
    elif texts(answer) != [NOTICE]:
        count = len(answer)
        assert texts(answer) == [f"re: {text} {number}/{count}" for number in range(1, count + 1)]


@pytest.mark.slow
@settings(max_examples=4, deadline=None)
@given(st.integers(0, 2**32))
def test_nothing_is_lost_doubled_or_out_of_order(seed: int) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(_life(Random(seed), Path(folder)))  # noqa: S311
