"""The messages API: what a program or a widget without sockets gets."""

import json
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient
from aiohttp.typedefs import LooseHeaders
from pytest_aiohttp import AiohttpClient

from bot.conversation.tokens import sign
from bot.web import Limits
from tests.web.clinic_site import ClinicSite, bearer, clinic_site

JSON: LooseHeaders = {"Content-Type": "application/json"}


async def ask(client: TestClient, text: str, **more: object) -> dict:
    response = await client.post("/api/messages", json={"text": text, **more})
    assert response.status == 200, await response.text()
    return await response.json()


async def transcript(client: TestClient, token: str, after: int = 0) -> list[dict]:
    response = await client.get("/api/conversation", params={"after": after}, headers=bearer(token))
    assert response.status == 200
    return (await response.json())["entries"]


async def test_a_question_is_answered_with_its_source(client: TestClient) -> None:
    body = await ask(client, "is it permanent?")
    [message] = body["messages"]
    assert message["kind"] == "answer"
    assert message["citations"][0]["section"] == "permanence#permanent-or-temporary"
    assert body["conversation"]


async def test_the_conversation_goes_on_and_can_be_read_after_a_cursor(client: TestClient) -> None:
    token = (await ask(client, "is it permanent?"))["conversation"]
    again = await ask(client, "and my knee?", conversation=token)
    assert again["conversation"] == token
    entries = await transcript(client, token)
    assert [entry["author"] for entry in entries] == ["patient", "assistant"] * 2
    assert [entry["seq"] for entry in await transcript(client, token, after=2)] == [3, 4]


async def test_a_tapped_button_reads_as_words_in_the_transcript(client: TestClient) -> None:
    body = await ask(client, "ask:is_it_permanent")
    assert body["messages"][0]["kind"] == "answer"
    [first, _] = await transcript(client, body["conversation"])
    assert first["message"]["text"] == "Is it permanent?"


async def test_the_same_key_is_the_same_message(client: TestClient) -> None:
    token = (await ask(client, "is it permanent?"))["conversation"]
    for _ in range(2):
        await ask(client, "and my knee?", conversation=token, key="a-key-of-mine")
    assert len(await transcript(client, token)) == 4


async def test_the_same_claim_begins_one_conversation(client: TestClient) -> None:
    claim = {"claim": "0123456789abcdef" * 2}
    first = await ask(client, "is it permanent?", key="the-first-one", **claim)
    again = await ask(client, "is it permanent?", key="the-first-one", **claim)
    assert again == first
    assert len(await transcript(client, first["conversation"])) == 2
    other = await ask(client, "is it permanent?", claim="f" * 32)
    assert other["conversation"] != first["conversation"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("not json", 400, "bad_json"),
        ("[" * 100_000, 400, "bad_json"),
        (b"\xff\xfe", 400, "bad_json"),
        ("[]", 422, "not_object"),
        ("{}", 422, "no_text"),
        ('{"text": 5}', 422, "no_text"),
        ('{"text": " \\n\\u0000 "}', 422, "empty_text"),
        ('{"text": "hello", "conversation": "forged"}', 404, "unknown_conversation"),
        ('{"text": "hello", "conversation": {}}', 404, "unknown_conversation"),
        ('{"text": "hello", "key": "short"}', 422, "bad_key"),
        ('{"text": "hello", "claim": "easy to guess"}', 422, "bad_claim"),
        (json.dumps({"text": "x" * 200_000}), 413, "too_large"),
    ],
)
async def test_what_is_wrong_is_said(
    client: TestClient, body: str | bytes, status: int, code: str
) -> None:
    response = await client.post("/api/messages", data=body, headers=JSON)
    assert response.status == status
    error = (await response.json())["error"]
    assert error["code"] == code
    assert error["message"].endswith(".")


async def test_an_overlong_text_names_the_limit(client: TestClient) -> None:
    response = await client.post("/api/messages", json={"text": "x" * 10_000})
    assert response.status == 422
    assert "2,000" in (await response.json())["error"]["message"]
    assert (await ask(client, " " * 3000 + "x" * 2000))["messages"]


async def test_only_json_is_taken(client: TestClient) -> None:
    response = await client.post("/api/messages", data={"text": "hello"})
    assert response.status == 415


async def test_a_broken_compressed_body_is_refused(client: TestClient) -> None:
    headers = {"Content-Encoding": "gzip", **JSON}
    response = await client.post("/api/messages", data=b"rubbish", headers=headers)
    assert response.status == 400


async def test_a_refusal_is_logged_without_what_was_sent(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    await client.post("/api/messages", json={"text": "my symptom", "conversation": "forged"})
    await client.get("/api/conversation", headers={"Origin": "https://elsewhere.example"})
    assert "refused in /api/messages: unknown_conversation" in caplog.text
    assert "refused in /api/conversation: a foreign origin" in caplog.text
    assert "symptom" not in caplog.text
    assert "forged" not in caplog.text


async def test_a_token_of_another_purpose_or_place_opens_nothing(
    client: TestClient, site: ClinicSite
) -> None:
    conversation = await site.conversations.start("widget")
    for token in (
        sign(site.settings.secret, "booking", conversation),
        sign("another secret", "conversation", conversation),
        sign(site.settings.secret, "conversation", "never-started"),
        conversation,
        "%FF%00",
    ):
        response = await client.get("/api/conversation", headers=bearer(token))
        assert response.status == 404, token
        response = await client.post("/api/messages", json={"text": "hi", "conversation": token})
        assert response.status == 404, token


async def test_a_late_answer_is_not_lost(tmp_path: Path, aiohttp_client: AiohttpClient) -> None:
    hasty = Limits(turn_seconds=0.2)
    async with clinic_site(tmp_path, "http://clinic.test", limits=hasty) as site:
        client = await aiohttp_client(site.app)
        token = (await ask(client, "is it permanent?"))["conversation"]
        slow = {"text": "slow, please", "conversation": token}
        response = await client.post("/api/messages", json=slow)
        assert response.status == 504
        assert (await response.json())["conversation"] == token
        site.assistant.pause.set()
        await ask(client, "and my knee?", conversation=token)
        assert len(await transcript(client, token)) == 6


async def test_markup_stays_text(client: TestClient) -> None:
    body = await ask(client, "<script>alert(1)</script>")
    [first, _] = await transcript(client, body["conversation"])
    assert first["message"]["text"] == "<script>alert(1)</script>"
