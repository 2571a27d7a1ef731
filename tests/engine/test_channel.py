"""The channel takes turns from the application alone, and says when one failed."""

import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from rasa.core.channels.channel import UserMessage
from sanic import Sanic

from engine.channel import VARIABLE, CandorInput, MissingTokenError, is_allowed, read_turn

module_loop = pytest.mark.asyncio(loop_scope="module")


def test_without_a_token_the_engine_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    with pytest.raises(MissingTokenError, match=VARIABLE):
        CandorInput.from_credentials(None)


@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "Bearer ", "Bearer other", "secret", "Bearer secret ", "Bearer é"],
)
def test_only_the_token_opens(header: str | None) -> None:
    assert not is_allowed(header, "secret")
    assert is_allowed("Bearer secret", "secret")


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "text",
        {},
        {"sender": "a"},
        {"sender": "", "message": "x"},
        {"sender": 1, "message": "x"},
        {"sender": "a", "message": "x", "memory": ["joint"]},
    ],
)
def test_other_bodies_are_no_turn(body: Any) -> None:
    assert read_turn(body) is None


async def echo(message: UserMessage) -> None:
    if message.text.startswith("fail"):
        raise ValueError(message.text)
    said = {"text": message.text} | ({"read": True} if message.parse_data else {})
    await message.output_channel.send_custom_json(message.sender_id, said)


class Reads:
    """Reads texts as Rasa's agent does."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    async def parse_message(self, text: str) -> dict[str, Any]:
        self.texts.append(text)
        if text.startswith("fail"):
            raise ValueError(text)
        knee = {"entity": "body_part", "value": "knee", "covered": True, "start": 0, "end": 4}
        return {"text": text, "understanding": {"intent": "answer/x"}, "entities": [knee]}


READER = Reads()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def url() -> AsyncIterator[str]:
    app = Sanic("test_channel")  # one for all: Sanic 21 can start one server in a process
    app.ctx.agent = READER
    app.blueprint(CandorInput("secret").blueprint(echo), url_prefix="/webhooks/candor")
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = await app.create_server(sock=listener, return_asyncio_server=True)
        await server.startup()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/webhooks/candor/webhook"
        server.close()
        await server.wait_closed()


async def post(url: str, body: Any, token: str = "secret") -> tuple[int, Any]:
    headers = {"Authorization": f"Bearer {token}"}
    async with ClientSession(headers=headers) as client, client.post(url, json=body) as answer:
        return answer.status, await answer.json()


@module_loop
async def test_a_turn_is_answered(url: str) -> None:
    answered = await post(url, {"sender": "a", "message": "hello", "memory": {"misses": 1}})
    said = [{"recipient_id": "a", "custom": {"text": "hello"}}]
    assert answered == (200, {"messages": said, "memory": {"misses": 1}})


@module_loop
async def test_a_stranger_is_refused(url: str) -> None:
    status, _ = await post(url, {"sender": "a", "message": "hello"}, token="guess")
    assert status == 401


@module_loop
async def test_a_wrong_body_is_refused(url: str) -> None:
    status, _ = await post(url, ["hello"])
    assert status == 400


@module_loop
async def test_a_failed_turn_is_an_error_and_its_words_are_not_logged(
    url: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    status, _ = await post(url, {"sender": "a", "message": "fail with my secret pain"})
    assert status == 500
    assert "ValueError" in caplog.text
    assert "my secret pain" not in caplog.text


@module_loop
async def test_a_text_that_was_read_before_its_turn_is_not_read_again(url: str) -> None:
    body = {"sender": "a", "message": "is it the knee", "memory": {}}
    for _ in range(2):
        await post(understand(url), {"message": body["message"]})
    assert READER.texts.count(body["message"]) == 1
    turns = [await post(url, body) for _ in range(2)]
    said = [answered["messages"][0]["custom"] for _, answered in turns]
    assert said == [{"text": body["message"], "read": True}, {"text": body["message"]}]


@module_loop
async def test_a_text_is_read_without_a_reply(url: str) -> None:
    answered = await post(understand(url), KNEE)
    named = [{"entity": "body_part", "value": "knee", "covered": True, "start": 0, "end": 4}]
    assert answered == (200, {"understanding": {"intent": "answer/x"}, "entities": named})


@module_loop
@pytest.mark.parametrize("body", [[], {}, {"message": 3}, "text"])
async def test_what_holds_no_text_is_not_read(url: str, body: Any) -> None:
    assert (await post(understand(url), body))[0] == 400


@module_loop
async def test_a_text_that_cannot_be_read_is_not_logged(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    status, _ = await post(understand(url), {"message": "fail with my secret pain"})
    assert status == 500
    assert "my secret pain" not in caplog.text


@module_loop
async def test_a_stranger_reads_nothing(url: str) -> None:
    assert (await post(understand(url), KNEE, token="guess"))[0] == 401


KNEE = {"message": "knee"}


def understand(url: str) -> str:
    return url.removesuffix("webhook") + "understand"
