"""The widget's WebSocket: who may connect, what is carried, and going on after a gap."""

import asyncio

import pytest
from aiohttp import ClientWebSocketResponse, WSServerHandshakeError
from aiohttp.test_utils import TestClient

from tests.web.clinic_site import ClinicSite


async def receive(socket: ClientWebSocketResponse, kind: str) -> dict:
    """Return the next frame of a kind; others before it are skipped."""
    async with asyncio.timeout(5):
        while True:
            frame = await socket.receive_json()
            if frame["type"] == kind:
                return frame


async def hello(socket: ClientWebSocketResponse, token: str | None, after: int = 0) -> dict:
    await socket.send_json({"type": "hello", "conversation": token, "after": after})
    return await receive(socket, "ready")


async def say(socket: ClientWebSocketResponse, text: str, key: str = "key-of-one") -> None:
    await socket.send_json({"type": "message", "text": text, "key": key})


async def test_a_question_and_its_answer_come_in_order(client: TestClient) -> None:
    async with client.ws_connect("/ws") as socket:
        assert (await hello(socket, None))["entries"] == []
        await say(socket, "is it permanent?")
        entries = [await receive(socket, "entry") for _ in range(2)]
        assert [entry["seq"] for entry in entries] == [1, 2]
        assert entries[1]["message"]["kind"] == "answer"


async def test_a_kept_message_is_confirmed_with_the_token(client: TestClient) -> None:
    async with client.ws_connect("/ws") as socket:
        await say(socket, "is it permanent?", key="my-own-key")
        kept = await receive(socket, "kept")
        assert kept["key"] == "my-own-key"
        response = await client.get(f"/api/conversations/{kept['conversation']}")
        assert response.status == 200


async def test_it_goes_on_behind_the_cursor_with_nothing_twice(client: TestClient) -> None:
    async with client.ws_connect("/ws") as socket:
        await say(socket, "is it permanent?")
        token = (await receive(socket, "kept"))["conversation"]
        while (await receive(socket, "entry"))["seq"] < 2:
            pass
    async with client.ws_connect("/ws") as socket:
        assert [entry["seq"] for entry in (await hello(socket, token, 1))["entries"]] == [2]
        await say(socket, "and my knee?", key="another-key")
        assert (await receive(socket, "entry"))["seq"] == 3
        assert (await receive(socket, "entry"))["seq"] == 4


async def test_a_message_sent_again_is_kept_once(client: TestClient) -> None:
    async with client.ws_connect("/ws") as socket:
        await say(socket, "is it permanent?")
        token = (await receive(socket, "kept"))["conversation"]
        await say(socket, "and my knee?", key="sent-twice")
    async with client.ws_connect("/ws") as socket:
        await hello(socket, token)
        await say(socket, "and my knee?", key="sent-twice")
        await receive(socket, "kept")
        await say(socket, "is it permanent?", key="the-last-one")
        while (await receive(socket, "entry"))["seq"] < 6:
            pass
        response = await client.get(f"/api/conversations/{token}")
        shown = [entry["message"]["text"] for entry in (await response.json())["entries"]]
        assert shown.count("and my knee?") == 1
        assert len(shown) == 6


async def test_after_a_lost_conversation_a_new_one_begins(client: TestClient) -> None:
    async with client.ws_connect("/ws") as socket:
        await say(socket, "is it permanent?")
        first = (await receive(socket, "kept"))["conversation"]
        await hello(socket, None)
        await say(socket, "and my knee?", key="another-key")
        assert (await receive(socket, "kept"))["conversation"] != first
        assert (await receive(socket, "entry"))["seq"] == 1


async def test_two_windows_see_the_same_conversation(client: TestClient) -> None:
    async with client.ws_connect("/ws") as one, client.ws_connect("/ws") as other:
        await say(one, "is it permanent?")
        token = (await receive(one, "kept"))["conversation"]
        await hello(other, token, after=2)
        await say(one, "and my knee?", key="another-key")
        assert (await receive(other, "entry"))["message"]["text"] == "and my knee?"


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("not json", "bad_frame"),
        ("[]", "bad_frame"),
        ("{}", "bad_frame"),
        ("[" * 5000, "bad_frame"),
        ('{"type": "hello", "after": -1}', "bad_frame"),
        ('{"type": "hello", "after": true}', "bad_frame"),
        ('{"type": "hello", "conversation": 5}', "bad_frame"),
        ('{"type": "hello", "conversation": "forged"}', "unknown_conversation"),
        ('{"type": "message", "text": "hi"}', "bad_frame"),
        ('{"type": "message", "text": "", "key": "a-good-key"}', "empty_text"),
        ('{"type": "message", "text": 7, "key": "a-good-key"}', "no_text"),
    ],
)
async def test_a_bad_frame_is_answered_and_the_line_stays(
    client: TestClient, frame: str, code: str
) -> None:
    async with client.ws_connect("/ws") as socket:
        await socket.send_str(frame)
        assert (await receive(socket, "error"))["code"] == code
        await socket.send_bytes(b"\x00")
        assert (await receive(socket, "error"))["code"] == "bad_frame"
        await hello(socket, None)


async def test_an_overlong_message_names_its_key_and_the_limit(client: TestClient) -> None:
    async with client.ws_connect("/ws") as socket:
        await say(socket, "x" * 10_000, key="the-long-one")
        error = await receive(socket, "error")
        assert error["key"] == "the-long-one"
        assert "2,000" in error["message"]


async def test_a_foreign_page_is_turned_away_before_it_connects(client: TestClient) -> None:
    for origin in ("https://elsewhere.example", "null", "http://clinic.test.elsewhere.example"):
        with pytest.raises(WSServerHandshakeError) as refusal:
            await client.ws_connect("/ws", headers={"Origin": origin})
        assert refusal.value.status == 403


async def test_the_clinics_own_pages_may_connect(client: TestClient) -> None:
    own = f"http://{client.host}:{client.port}"
    for origin in ("http://clinic.test", own):
        async with client.ws_connect("/ws", headers={"Origin": origin}) as socket:
            await hello(socket, None)


async def test_open_widgets_are_told_when_the_site_stops(
    client: TestClient, site: ClinicSite
) -> None:
    async with client.ws_connect("/ws") as socket:
        await hello(socket, None)
        await site.app.shutdown()
        message = await socket.receive(timeout=5)
        assert message.data == 1001


async def test_a_plain_visit_is_no_crash(client: TestClient) -> None:
    assert (await client.get("/ws")).status == 400
