"""What patients write gets to the webhook: signed, in batches, again until it is taken."""

import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from bot.runtime.ports import free_port
from tests.whatsapp.courier import Undelivered
from tests.whatsapp.graph_client import client
from tests.whatsapp.graph_server import graph_server
from tests.whatsapp.listener import Listener, listening
from tests.whatsapp.payloads import text_message
from tests.whatsapp.phones import Phone, crowd

PAT = Phone()
SAM = Phone("447700900222", "ES.42", "Sam Señor")
HIDDEN = Phone(None, "US.7", "@hidden")


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    async with listening() as listener:
        yield listener


async def test_a_text_comes_as_meta_sends_it(listener: Listener) -> None:
    async with crowd(listener.url, clock=lambda: 1_750_000_000) as patients:
        wamid = await patients.say(SAM, "¿Duele? 1/2")
    [value] = listener.values
    assert value["contacts"] == [
        {"profile": {"name": "Sam Señor"}, "wa_id": "447700900222", "user_id": "ES.42"}
    ]
    assert value["messages"] == [
        {
            "from": "447700900222",
            "from_user_id": "ES.42",
            "id": wamid,
            "timestamp": "1750000000",
            "type": "text",
            "text": {"body": "¿Duele? 1/2"},
        }
    ]
    # Escaped on the wire, so that only the raw bytes have this signature.
    assert rb"\u00bfDuele? 1\/2" in listener.bodies[0]


async def test_who_hides_the_number_has_only_a_user_id(listener: Listener) -> None:
    async with crowd(listener.url) as patients:
        await patients.say(HIDDEN, "hello")
    assert "from" not in listener.messages[0]
    assert listener.values[0]["contacts"] == [{"profile": {"name": "@hidden"}, "user_id": "US.7"}]


async def test_a_refused_delivery_comes_again_the_same(listener: Listener) -> None:
    listener.refusals = 3
    async with crowd(listener.url) as patients:
        assert await patients.send(patients.write(PAT, "hello")) == 4
        assert [one.status for one in patients.courier.attempts] == [500, 500, 500, 200]
        waits = [one.at for one in patients.courier.attempts]
    assert len(set(listener.bodies)) == 1
    assert waits[3] - waits[2] > waits[1] - waits[0]
    assert len(listener.messages) == 1


async def test_a_webhook_that_is_not_there_is_given_up_at_last() -> None:
    async with crowd(f"http://127.0.0.1:{free_port()}/") as patients:
        patients.courier.patience = 0.3
        with pytest.raises(Undelivered):
            await patients.say(PAT, "hello")
        assert {one.status for one in patients.courier.attempts} == {None}


async def test_a_storm_brings_everything_at_least_once(listener: Listener) -> None:
    async with crowd(listener.url, seed=7) as patients:
        written = [patients.write(one, f"text {n}") for n in range(50) for one in (PAT, SAM)]
        delivered = await patients.storm(written, batch=7, twice=0.3)
    came = [one["id"] for one in listener.messages]
    assert set(came) == {one.item["id"] for one in written}
    assert len(came) == delivered > len(written)
    assert came[:100] != [one.item["id"] for one in written]
    assert len(listener.values) < len(came) / 5
    for value in listener.values:
        senders = {one["from"] for one in value["messages"]}
        assert {one["wa_id"] for one in value["contacts"]} == senders


async def test_the_same_seed_brings_the_same_storm() -> None:
    bodies = []
    for _ in range(2):
        async with (
            listening() as listener,
            crowd(listener.url, seed=3, clock=lambda: 5.0) as patients,
        ):
            await patients.storm([patients.write(PAT, f"{n}") for n in range(30)], lines=1)
            bodies.append(listener.bodies)
    assert bodies[0] == bodies[1]
    assert json.loads(bodies[0][0])["object"] == "whatsapp_business_account"


async def test_who_wrote_may_be_answered(listener: Listener) -> None:
    async with (
        graph_server() as server,
        crowd(listener.url, server) as patients,
        ClientSession() as session,
    ):
        await patients.say(SAM, "hello")
        await patients.say(HIDDEN, "hello")
        graph = client(session, server.base)
        await graph.send(text_message(to="+447700900222"))
        payload = text_message(recipient="US.7")
        del payload["to"]
        await graph.send(payload)
        assert [one.user_id for one in server.accepted] == ["ES.42", "US.7"]
        assert [one.phone for one in server.accepted] == ["447700900222", None]
