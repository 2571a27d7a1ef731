"""The channel stops at any point and starts again on the same database: nothing lost, or twice."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from bot.channels.whatsapp.graph import Graph
from bot.channels.whatsapp.patience import Patience
from bot.store import SqlStore
from bot.store.whatsapp import WhatsAppStore
from tests.whatsapp.clinic_channel import clinic_channel, words_of
from tests.whatsapp.clinic_words import text
from tests.whatsapp.courier import Undelivered, envelope
from tests.whatsapp.graph_server import GraphServer, graph_server
from tests.whatsapp.phones import Phone

pytestmark = pytest.mark.slow

NUMBER = "447700900123"
PAT = Phone(NUMBER, None, "Pat Doe")
EMERGENCY = "I have a fever and my knee is hot and swollen"
SOON = Patience(0.2, 0.2, first_pause=0.02, longest_pause=0.1, alert_pause=0.2)
OWNERS: dict[str, type] = dict.fromkeys(("keep", "finish", "forget"), SqlStore) | {"send": Graph}
# What is written, and every call after which the process may die on the way of it.
WAYS = {
    "is it permanent?": "take waiting converse keep change done finish queue settle send",
    EMERGENCY: "keep done queue settle send",
    "stop": "stop keep done queue settle",
    "delete my data": "queue_aside forget reset done settle send forget_done",
}
POINTS = [(words, point) for words, points in WAYS.items() for point in points.split()]


class Died(Exception):
    """The process is gone."""


def let_die(monkeypatch: pytest.MonkeyPatch, point: str, reached: asyncio.Event) -> None:
    """Let nothing more be done from the first time on that this call was done."""
    for name in {name for points in WAYS.values() for name in points.split()}:
        owner = OWNERS.get(name, WhatsAppStore)
        monkeypatch.setattr(owner, name, _mortal(getattr(owner, name), name == point, reached))


def _mortal(
    call: Callable[..., Awaitable[Any]], is_last: bool, reached: asyncio.Event
) -> Callable[..., Awaitable[Any]]:
    async def called(*given: Any, **named: Any) -> Any:  # noqa: ANN401
        if reached.is_set():
            raise Died
        result = await call(*given, **named)
        if is_last:
            reached.set()
            raise Died
        return result

    return called


def said(graph: GraphServer) -> list[str]:
    return [words_of(one.payload) for one in graph.to(NUMBER)]


async def tell_again(graph: GraphServer) -> None:
    """Deliver the statuses that nobody took while the process was gone."""
    assert graph.statuses.courier is not None
    for item in graph.statuses.undelivered:
        await graph.statuses.courier.deliver(envelope({"statuses": [item]}))


async def die(folder: Path, graph: GraphServer, words: str, point: str) -> str:
    """Write something to a process that dies after this call; return the reply that is due."""
    reached = asyncio.Event()
    async with clinic_channel(folder, graph=graph, patience=SOON) as clinic:
        if words in ("stop", "delete my data"):
            await clinic.patients.say(PAT, "hello")
            await clinic.said_to(PAT, 1)
            await clinic.quiet(0.2)
        assert graph.statuses.courier is not None
        graph.statuses.courier.patience = clinic.patients.courier.patience = 0.0
        with pytest.MonkeyPatch.context() as monkeypatch:
            let_die(monkeypatch, point, reached)
            with suppress(Undelivered):
                await clinic.patients.say(PAT, words)
            await asyncio.wait_for(reached.wait(), 5)
            await clinic.channel.inbox.close(0.1)
            await clinic.channel.outbox.close(0.1)
            await clinic.conversations.close(0.1)
            await graph.statuses.settled()
    # Who is known to have stopped may be told so in the other words.
    stopped = "whatsapp.still_stopped" if point == "stop" else "whatsapp.stopped"
    names = {EMERGENCY: "urgent.joint_infection", "stop": stopped}
    return "Source: " if "?" in words else text(names.get(words, "whatsapp.deleted"))


@pytest.mark.parametrize(("words", "point"), POINTS)
async def test_nothing_is_lost_or_said_twice(tmp_path: Path, words: str, point: str) -> None:
    async with graph_server() as graph:
        due = await die(tmp_path, graph, words, point)
        count = 2 if words in ("stop", "delete my data") else 1
        async with clinic_channel(tmp_path, graph=graph, patience=SOON) as clinic:
            await tell_again(graph)
            await clinic.said_to(PAT, count, seconds=8)
            await clinic.quiet(0.7)
            assert len(said(graph)) == count
            assert due in said(graph)[-1]
            if words == "delete my data":
                assert await clinic.contact(PAT) is None
            else:
                entries = await clinic.transcript(PAT)
                assert [one.message.text for one in entries].count(words) == 1
