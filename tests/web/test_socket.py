"""The widget's WebSocket: what is carried, and going on after a gap."""

import asyncio

import pytest
from aiohttp import WSCloseCode
from aiohttp.test_utils import TestClient

from bot.conversation import StoreUnavailable
from bot.conversation.tokens import sign, verify
from tests.staff import person
from tests.web.clinic_site import ClinicSite, bearer
from tests.web.frames import entries_until, hello, receive, say


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


async def test_the_newest_entries_come_first_and_the_rest_when_asked_for(
    client: TestClient, site: ClinicSite
) -> None:
    conversation = await site.conversations.start("widget")
    for number in range(120):
        await site.conversations.speak(conversation, person("Mara Lind"), f"line {number}")
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
        await site.conversations.speak(conversation, person("Mara Lind"), "Good morning.")
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


async def test_open_widgets_are_told_when_the_site_stops(
    client: TestClient, site: ClinicSite
) -> None:
    async with client.ws_connect("/ws") as socket:
        await hello(socket, None)
        await site.app.shutdown()
        message = await socket.receive(timeout=5)
        assert message.data == 1001
