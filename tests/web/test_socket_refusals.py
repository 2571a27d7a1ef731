"""The widget's WebSocket: who may connect, and what is refused."""

import asyncio
from contextlib import AsyncExitStack

import pytest
from aiohttp import WSCloseCode, WSMsgType, WSServerHandshakeError
from aiohttp.test_utils import TestClient

from tests.web.frames import hello, receive, say


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
        ('{"type": "message", "text": "hi", "key": "a-good-key", "claim": "x"}', "bad_claim"),
        ('{"type": "message", "text": "hi", "key": "a blank key"}', "bad_frame"),
        (
            '{"type": "message", "text": "hi", "key": "\\u0000\\u0000\\u0000\\u0000aaaa"}',
            "bad_frame",
        ),
        ('{"type": "shout", "text": "hi"}', "bad_frame"),
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


async def test_a_refused_frame_is_logged_without_its_content(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    async with client.ws_connect("/ws") as socket:
        await socket.send_str('{"type": "my-secret-symptom"}')
        await receive(socket, "error")
    assert "bad_frame" in caplog.text
    assert "symptom" not in caplog.text


async def test_an_oversized_frame_ends_the_line_and_nothing_else(client: TestClient) -> None:
    async with client.ws_connect("/ws") as socket:
        await socket.send_str("x" * 100_000)
        assert (await socket.receive(timeout=5)).data == WSCloseCode.MESSAGE_TOO_BIG
    async with client.ws_connect("/ws") as socket:
        await hello(socket, None)


async def test_a_flood_of_greetings_is_told_to_wait(client: TestClient) -> None:
    outside = {"X-Forwarded-For": "203.0.113.9"}
    async with client.ws_connect("/ws", headers=outside) as socket:
        for _ in range(1300):
            await socket.send_json({"type": "hello", "conversation": None})
        assert (await receive(socket, "error"))["code"] == "too_many_messages"


async def test_a_line_of_nonsense_is_closed(client: TestClient) -> None:
    async with client.ws_connect("/ws") as socket:
        for _ in range(30):
            await socket.send_str("nonsense")
        async with asyncio.timeout(5):
            while (message := await socket.receive()).type is WSMsgType.TEXT:
                pass
        assert message.data == WSCloseCode.POLICY_VIOLATION


async def test_one_address_opens_only_so_many_lines(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.widget.socket.MOST_SOCKETS", 2)
    outside = {"X-Forwarded-For": "203.0.113.9"}
    async with AsyncExitStack() as lines:
        first = await lines.enter_async_context(client.ws_connect("/ws", headers=outside))
        await lines.enter_async_context(client.ws_connect("/ws", headers=outside))
        with pytest.raises(WSServerHandshakeError) as refusal:
            await client.ws_connect("/ws", headers=outside)
        assert refusal.value.status == 429
        await lines.enter_async_context(client.ws_connect("/ws"))
        await first.close()
        async with asyncio.timeout(5):
            while True:
                try:
                    await lines.enter_async_context(client.ws_connect("/ws", headers=outside))
                    break
                except WSServerHandshakeError:
                    await asyncio.sleep(0.05)


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


async def test_a_plain_visit_is_no_crash(client: TestClient) -> None:
    assert (await client.get("/ws")).status == 400
