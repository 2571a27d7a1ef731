"""The fake Graph tells the webhook what became of each message."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from bot.channels.whatsapp.graph import Graph, Unsure
from tests.whatsapp.graph_client import PHONE, client, text
from tests.whatsapp.graph_faults import Fault, Kind
from tests.whatsapp.graph_server import GraphServer, graph_server
from tests.whatsapp.listener import Listener, listening


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    async with listening() as listener:
        yield listener


@pytest.fixture
async def server(listener: Listener) -> AsyncIterator[GraphServer]:
    async with graph_server() as server:
        await server.announce_to(listener.url)
        server.knows(PHONE, "US.1")
        server.patient_wrote(PHONE)
        yield server


@pytest.fixture
async def graph(server: GraphServer) -> AsyncIterator[Graph]:
    async with ClientSession() as session:
        yield client(session, server.base)


async def test_states_come_in_order_and_say_whose_they_are(
    graph: Graph, server: GraphServer, listener: Listener
) -> None:
    wamid = await graph.send(text())
    await server.statuses.settled()
    assert [one["status"] for one in listener.statuses] == ["sent", "delivered", "read"]
    for one in listener.statuses:
        assert one["id"] == wamid
        assert one["biz_opaque_callback_data"] == "ob-1"
        assert one["recipient_id"] == PHONE.lstrip("+")
        assert one["recipient_user_id"] == "US.1"
        assert one["timestamp"].isdigit()
    assert listener.statuses[0]["pricing"]["category"] == "service"


async def test_a_message_whose_answer_is_lost_is_told_of_all_the_same(
    graph: Graph, server: GraphServer, listener: Listener
) -> None:
    server.faults.next(Fault(Kind.ACCEPT_DROP))
    with pytest.raises(Unsure):
        await graph.send(text())
    await server.statuses.settled()
    assert {one["biz_opaque_callback_data"] for one in listener.statuses} == {"ob-1"}


async def test_a_failure_is_told_with_its_code(
    graph: Graph, server: GraphServer, listener: Listener
) -> None:
    server.statuses.fail_next(131026, None)
    for _ in range(2):
        await graph.send(text())
        await server.statuses.settled()
    assert [one["status"] for one in listener.statuses] == ["failed", "sent", "delivered", "read"]
    assert listener.statuses[0]["errors"][0]["code"] == 131026


async def test_a_closed_window_may_be_told_of_later(
    graph: Graph, server: GraphServer, listener: Listener
) -> None:
    server.window_told_later = True
    await graph.send(text(to="+16505550000"))
    await server.statuses.settled()
    [failed] = listener.statuses
    assert failed["errors"][0]["code"] == 131047


async def test_states_come_late_twice_and_in_disorder_when_told_so(
    graph: Graph, server: GraphServer, listener: Listener
) -> None:
    statuses = server.statuses
    statuses.twice, statuses.disorder, statuses.late, statuses.late_seconds = 0.5, 1.0, 0.5, 0.01
    await asyncio.gather(*[graph.send(text()) for _ in range(10)])
    await statuses.settled()
    by_message = [
        [one["status"] for one in listener.statuses if one["id"] == accepted.wamid]
        for accepted in server.accepted
    ]
    assert all({*states} == {"sent", "delivered", "read"} for states in by_message)
    assert max(len(states) for states in by_message) > 3
    assert any(states[0] == "read" for states in by_message)


async def test_they_are_told_again_until_they_are_taken(
    graph: Graph, server: GraphServer, listener: Listener
) -> None:
    listener.refusals = 2
    await graph.send(text())
    await server.statuses.settled()
    assert [one["status"] for one in listener.statuses] == ["sent", "delivered", "read"]
    assert server.statuses.courier
    answers = [one.status for one in server.statuses.courier.attempts]
    assert answers == [500, 500, 200, 200, 200]


async def test_nothing_hangs_on_when_the_server_goes(listener: Listener) -> None:
    async with graph_server() as server, ClientSession() as session:
        courier = await server.announce_to(listener.url)
        server.statuses.delay = 60
        server.patient_wrote(PHONE)
        await client(session, server.base).send(text())
    assert not courier.attempts
