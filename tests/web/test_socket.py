"""The widget's WebSocket: who may connect, what is carried, and going on after a gap."""

import asyncio
from contextlib import AsyncExitStack

import pytest
from aiohttp import ClientWebSocketResponse, WSCloseCode, WSMsgType, WSServerHandshakeError
from aiohttp.test_utils import TestClient

from bot.conversation import StoreUnavailable
from bot.conversation.tokens import sign, verify
from tests.web.clinic_site import ClinicSite, bearer


async def receive(socket: ClientWebSocketResponse, kind: str) -> dict:
    """Return the next frame of a kind; others before it are skipped."""
    async with asyncio.timeout(5):
        while True:
            frame = await socket.receive_json()
            if frame["type"] == kind:
                return frame


async def entries_until(socket: ClientWebSocketResponse, seq: int) -> list[dict]:
    """Return the entries that come as news until the one with this number."""
    entries: list[dict] = []
    while not entries or entries[-1]["seq"] < seq:
        entries += (await receive(socket, "news"))["entries"]
    return entries


async def hello(socket: ClientWebSocketResponse, token: str | None, after: int = 0) -> dict:
    await socket.send_json({"type": "hello", "conversation": token, "after": after})
    return await receive(socket, "ready")


async def say(socket: ClientWebSocketResponse, text: str, key: str = "key-of-one") -> None:
    await socket.send_json({"type": "message", "text": text, "key": key})


async def test_a_question_and_its_answer_come_in_order(client: TestClient) -> None:
    async with client.ws_connect("/ws") as socket:
        assert (await hello(socket, None))["entries"] == []
        await say(socket, "is it permanent?")
        entries = await entries_until(socket, 2)
        assert [entry["seq"] for entry in entries] == [1, 2]
        assert entries[1]["message"]["kind"] == "answer"


async def test_a_kept_message_is_confirmed_with_the_token(client: TestClient) -> None:
    async with client.ws_connect("/ws") as socket:
        await say(socket, "is it permanent?", key="my-own-key")
        kept = await receive(socket, "kept")
        assert kept["key"] == "my-own-key"
        response = await client.get("/api/conversation", headers=bearer(kept["conversation"]))
        assert response.status == 200


async def test_it_goes_on_behind_the_cursor_with_nothing_twice(client: TestClient) -> None:
    async with client.ws_connect("/ws") as socket:
        await say(socket, "is it permanent?")
        token = (await receive(socket, "kept"))["conversation"]
        await entries_until(socket, 2)
    async with client.ws_connect("/ws") as socket:
        assert [entry["seq"] for entry in (await hello(socket, token, 1))["entries"]] == [2]
        await say(socket, "and my knee?", key="another-key")
        assert [entry["seq"] for entry in await entries_until(socket, 4)] == [3, 4]


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
        await entries_until(socket, 6)
        response = await client.get("/api/conversation", headers=bearer(token))
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
        assert (await entries_until(socket, 1))[0]["seq"] == 1


async def test_two_windows_see_the_same_conversation(client: TestClient) -> None:
    async with client.ws_connect("/ws") as one, client.ws_connect("/ws") as other:
        await say(one, "is it permanent?")
        token = (await receive(one, "kept"))["conversation"]
        await hello(other, token, after=2)
        await say(one, "and my knee?", key="another-key")
        assert (await entries_until(other, 3))[0]["message"]["text"] == "and my knee?"


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


async def test_the_newest_entries_come_first_and_the_rest_when_asked_for(
    client: TestClient, site: ClinicSite
) -> None:
    conversation = await site.conversations.start("widget")
    for number in range(120):
        await site.conversations.speak(conversation, "Mara Lind", f"line {number}")
    token = sign(site.settings.secret, "conversation", conversation)
    async with client.ws_connect("/ws") as socket:
        ready = await hello(socket, token)
        assert [entry["seq"] for entry in ready["entries"]] == list(range(71, 121))
        assert ready["earlier"]
        gap = await hello(socket, token, after=10)
        assert [entry["seq"] for entry in gap["entries"]] == list(range(71, 121))
        near = await hello(socket, token, after=110)
        assert [entry["seq"] for entry in near["entries"]] == list(range(111, 121))
        assert not near["earlier"]


async def test_who_holds_the_conversation_is_told(client: TestClient, site: ClinicSite) -> None:
    async with client.ws_connect("/ws") as socket:
        await say(socket, "person")
        token = (await receive(socket, "kept"))["conversation"]
        await entries_until(socket, 2)
        conversation = verify(site.settings.secret, "conversation", token)
        await site.conversations.speak(conversation, "Mara Lind", "Good morning.")
        async with asyncio.timeout(5):
            while True:
                news = await receive(socket, "news")
                if news["holder"] == "staff" and news["entries"]:
                    break
        assert news["entries"][0]["name"] == "Mara Lind"
        assert news["desk"]["open"] is True


async def test_a_greeting_that_fails_begins_no_other_conversation(
    client: TestClient, site: ClinicSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with client.ws_connect("/ws") as socket:
        await say(socket, "is it permanent?")
        token = (await receive(socket, "kept"))["conversation"]
        await entries_until(socket, 2)

    async def unavailable(_conversation: str) -> None:
        raise StoreUnavailable

    async with client.ws_connect("/ws") as socket:
        with monkeypatch.context() as broken:
            broken.setattr(site.conversations, "state", unavailable)
            await socket.send_json({"type": "hello", "conversation": token})
            await say(socket, "and my knee?", key="another-key")
            assert (await receive(socket, "error"))["code"] == "unavailable"
            # Closed, so that the widget comes back and says hello again.
            assert (await socket.receive(timeout=5)).data == WSCloseCode.TRY_AGAIN_LATER
    assert len(site.assistant.conversations) == 1


async def test_what_crosses_a_deletion_is_refused_by_its_key(
    client: TestClient, site: ClinicSite
) -> None:
    async with client.ws_connect("/ws") as socket:
        await say(socket, "is it permanent?")
        token = (await receive(socket, "kept"))["conversation"]
        await entries_until(socket, 2)
        await client.delete("/api/conversation", headers=bearer(token))
        await receive(socket, "gone")
        await say(socket, "and my knee?", key="another-key")
        error = await receive(socket, "error")
        assert (error["code"], error["key"]) == ("unknown_conversation", "another-key")
        await hello(socket, None)
        await say(socket, "and my knee?", key="another-key")
        assert (await receive(socket, "kept"))["conversation"] != token
        await entries_until(socket, 2)
    assert len(site.assistant.conversations) == 2


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


async def test_a_deleted_conversation_is_gone_for_everybody(
    client: TestClient, site: ClinicSite
) -> None:
    async with client.ws_connect("/ws") as socket:
        await say(socket, "is it permanent?")
        token = (await receive(socket, "kept"))["conversation"]
        await entries_until(socket, 2)
        response = await client.delete("/api/conversation", headers=bearer(token))
        assert response.status == 204
        await receive(socket, "gone")
    assert (await client.get("/api/conversation", headers=bearer(token))).status == 404


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
