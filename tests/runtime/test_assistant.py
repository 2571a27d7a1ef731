"""The engine's client, against a small server that speaks as the engine does."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientTimeout, web
from aiohttp.test_utils import TestServer

from bot.assistant import RasaAssistant
from bot.conversation import AssistantUnavailable, Message

TOKEN = "a token of thirty-two characters"
MESSAGE = {
    "id": "m1",
    "kind": "answer",
    "text": "It lasts.",
    "booking": {"label": "Book", "url": "http://plain"},
}


class Engine:
    """Keeps what it was sent, and answers what it is told to."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []
        self.status = 200
        self.body: Any = {"messages": [{"custom": MESSAGE}], "memory": {"joint": "knee"}}

    async def webhook(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return web.Response(status=401)
        self.heard.append(await request.json())
        return web.json_response(self.body, status=self.status)

    async def understand(self, request: web.Request) -> web.Response:
        self.heard.append(await request.json())
        return web.json_response(self.body, status=self.status)

    async def health(self, _request: web.Request) -> web.Response:
        return web.json_response({}, status=self.status)


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
async def server(engine: Engine) -> AsyncIterator[TestServer]:
    app = web.Application()
    app.router.add_post("/webhooks/candor/webhook", engine.webhook)
    app.router.add_get("/webhooks/candor/", engine.health)
    app.router.add_post("/webhooks/candor/understand", engine.understand)
    async with TestServer(app) as server:
        yield server


@pytest.fixture
async def assistant(server: TestServer) -> AsyncIterator[RasaAssistant]:
    url = str(server.make_url("")).rstrip("/")
    limit = ClientTimeout(total=2)
    async with RasaAssistant(url, TOKEN, {"is_it_safe"}, link, urgent, timeout=limit) as assistant:
        yield assistant


def link(conversation_id: str, message_id: str) -> str:
    return f"/book/{conversation_id}-{message_id}"


def urgent(flag: str) -> Message:
    return Message("u1", "urgent", "Get help.", intent=flag)


async def test_a_question_is_answered_with_a_counted_booking_link(
    assistant: RasaAssistant, engine: Engine
) -> None:
    reply = await assistant.reply("c", "does it last?", {})
    [message] = reply.messages
    assert message.text == "It lasts."
    assert message.booking
    assert message.booking.url == "/book/c-m1"


async def test_the_memory_goes_out_with_the_question_and_comes_back_with_the_reply(
    assistant: RasaAssistant, engine: Engine
) -> None:
    reply = await assistant.reply("c", "does it last?", {"misses": 1})
    assert engine.heard == [{"sender": "c", "message": "does it last?", "memory": {"misses": 1}}]
    assert reply.memory == {"joint": "knee"}


@pytest.mark.parametrize("text", ["/restart", " //session_start", '/answer{"answer": "x"}'])
async def test_typed_text_is_never_a_command(
    assistant: RasaAssistant, engine: Engine, text: str
) -> None:
    await assistant.reply("c", text, {})
    assert not engine.heard[0]["message"].startswith("/")


async def test_a_tapped_suggestion_is_one(assistant: RasaAssistant, engine: Engine) -> None:
    await assistant.reply("c", "ask:is_it_safe@knee", {})
    assert engine.heard[0]["message"].startswith('/answer{"answer": "is_it_safe"')


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, []),
        (200, {}),
        (200, {"messages": [{"custom": MESSAGE}]}),
        (200, {"messages": [{"custom": MESSAGE}], "memory": []}),
        (200, {"messages": [], "memory": {}}),
        (200, {"messages": [{"text": "a bare text"}], "memory": {}}),
        (200, {"messages": [{"custom": {"kind": "answer"}}], "memory": {}}),
        (200, {"messages": [{"custom": MESSAGE | {"kind": "poem"}}], "memory": {}}),
        (200, {"messages": ["x"], "memory": {}}),
        (401, {}),
        (500, {}),
    ],
)
async def test_whatever_is_not_an_answer_is_unavailable(
    assistant: RasaAssistant, engine: Engine, status: int, body: object
) -> None:
    engine.status, engine.body = status, body
    with pytest.raises(AssistantUnavailable):
        await assistant.reply("c", "does it last?", {})


async def test_an_engine_that_is_down_is_unavailable(
    assistant: RasaAssistant, server: TestServer
) -> None:
    assert await assistant.problem() is None
    await server.close()
    assert await assistant.problem() == "the engine doesn't answer"
    with pytest.raises(AssistantUnavailable):
        await assistant.reply("c", "does it last?", {})


async def test_an_engine_without_a_model_is_not_ready(
    assistant: RasaAssistant, engine: Engine
) -> None:
    engine.status = 503
    assert await assistant.problem() == "the engine has no model"


@pytest.mark.parametrize(
    ("seen", "raised"),
    [
        ({"flag": "clot_or_heart", "chance": 0.9, "sure": True}, "clot_or_heart"),
        ({"flag": "clot_or_heart", "chance": 0.1, "sure": False}, None),
        (None, None),
    ],
)
async def test_the_engine_raises_the_alarm(
    assistant: RasaAssistant, engine: Engine, seen: dict[str, Any] | None, raised: str | None
) -> None:
    engine.body = {"understanding": seen and {"urgent": seen}, "entities": []}
    alarm = await assistant.alarm("my leg is blue")
    assert (alarm and alarm.intent) == raised
    assert engine.heard == [{"message": "my leg is blue"}]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Is it safe?", "Is it safe?"),
        (" /restart", "restart"),
        ("not-helpful", "That did not help"),
    ],
)
async def test_words_are_read_ahead_as_their_turn_will_say_them(
    assistant: RasaAssistant, engine: Engine, text: str, read: str
) -> None:
    engine.body = {}
    await assistant.read_ahead(text)
    assert engine.heard == [{"message": read}]


@pytest.mark.parametrize("tap", ["book", "ask:is_it_safe"])
async def test_a_tap_is_not_read_ahead(assistant: RasaAssistant, engine: Engine, tap: str) -> None:
    await assistant.read_ahead(tap)
    assert not engine.heard


@pytest.mark.parametrize(
    ("seen", "harmless"), [({"harmless": True}, True), ({"harmless": False}, False), ({}, False)]
)
async def test_the_engine_tells_an_accident_of_words(
    assistant: RasaAssistant, engine: Engine, seen: dict[str, Any], harmless: bool
) -> None:
    engine.body = {"understanding": {"urgent": seen}, "entities": []}
    assert await assistant.harmless("a note for my employer") is harmless


@pytest.mark.parametrize(("status", "body"), [(500, {}), (200, [])])
async def test_an_engine_that_cannot_read_is_unavailable(
    assistant: RasaAssistant, engine: Engine, status: int, body: object
) -> None:
    engine.status, engine.body = status, body
    with pytest.raises(AssistantUnavailable):
        await assistant.alarm("my leg is blue")
