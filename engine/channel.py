"""The one way in for a turn: an HTTP channel behind a token, for the application only."""

from __future__ import annotations

import asyncio
import gc
import hmac
import logging
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.shared.exceptions import RasaException
from sanic import Blueprint, Request, response
from sanic.exceptions import SanicException
from sanic.response import HTTPResponse

from engine.quick import use_quick_rasa
from engine.readings import Readings
from engine.trackers import Memory, TurnMemory

VARIABLE = "CANDOR_ENGINE_TOKEN"
# Of the event loop, in which the turn that waits for a reading is taken in and begun.
ROUNDS = 3
log = logging.getLogger(__name__)


class MissingTokenError(RasaException):
    """The engine was started without the token that guards it."""


def is_allowed(header: str | None, token: str) -> bool:
    """Tell whether the Authorization header carries exactly this token."""
    given = (header or "").encode(errors="surrogateescape")
    return hmac.compare_digest(given, f"Bearer {token}".encode())


@dataclass(frozen=True)
class Turn:
    """Who says what, and what the conversation remembers so far."""

    sender: str
    text: str
    memory: Memory


def read_turn(body: Any) -> Turn | None:
    """Return the turn in a request's body, or None when it is something else."""
    if not isinstance(body, dict):
        return None
    sender, text, memory = body.get("sender"), body.get("message"), body.get("memory", {})
    fits = isinstance(sender, str) and isinstance(text, str) and isinstance(memory, dict)
    return Turn(sender, text, memory) if fits and sender else None


class CandorInput(InputChannel):
    """Two routes below /webhooks/candor, for JSON.

    POST webhook {"sender", "message", "memory"} gives {"messages", "memory"}: a turn.
    POST understand {"message"} tells how that is read, without a reply.
    """

    def __init__(self, token: str) -> None:
        self._token = token
        self._readings = Readings()

    @classmethod
    def name(cls) -> str:
        return "candor"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> CandorInput:
        token = os.environ.get(VARIABLE, "")
        if not token:
            raise MissingTokenError(f"{VARIABLE} is not set: the engine takes no message without")
        use_quick_rasa()
        return cls(token)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the channel's routes, each of them refusing a request without the token."""
        routes = Blueprint("candor", __name__)

        @routes.listener("after_server_start")
        async def settle(*_: object) -> None:
            # The model is loaded and stays; looking through it for garbage would take long.
            gc.collect()
            gc.freeze()

        @routes.middleware("request")
        async def refuse_strangers(request: Request) -> HTTPResponse | None:
            if is_allowed(request.headers.get("authorization"), self._token):
                return None
            return _error("unauthorized", 401)

        @routes.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @routes.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            return await answer(request, on_new_message, self._readings)

        @routes.route("/understand", methods=["POST"])
        async def read(request: Request) -> HTTPResponse:
            return await understand(request, self._readings)

        return routes


async def understand(request: Request, readings: Readings) -> HTTPResponse:
    """Answer how a text is read: 200, 400 for a wrong body, 500 when it can't be read.

    The turn that waits for the reading goes before the answer, for which nobody may be waiting.
    """
    text = _json(request, "message")
    if text is None:
        return _error("expected a JSON object with message", 400)
    agent = request.app.ctx.agent
    try:
        parsed = readings.find(text, agent) or await agent.parse_message(text)
    except Exception as error:
        log.error("A text was not read: %s.", type(error).__name__)
        return _error("the text was not read", 500)
    readings.keep(text, agent, parsed)
    for _ in range(ROUNDS):
        await asyncio.sleep(0)
    entities = [_named(entity) for entity in parsed.get("entities") or ()]
    return response.json({"understanding": parsed.get("understanding"), "entities": entities})


def _json(request: Request, key: str) -> str | None:
    try:
        body = request.json
    except SanicException:
        return None
    found = body.get(key) if isinstance(body, dict) else None
    return found if isinstance(found, str) else None


def _named(entity: dict[str, Any]) -> dict[str, Any]:
    return {key: entity.get(key) for key in ("entity", "value", "covered", "start", "end")}


async def answer(
    request: Request,
    on_new_message: Callable[[UserMessage], Awaitable[Any]],
    readings: Readings,
) -> HTTPResponse:
    """Answer one turn: 200, its messages and memory; 400 for a wrong body, 500 when it failed."""
    try:
        turn = read_turn(request.json)
    except SanicException:
        turn = None
    if turn is None:
        return _error("expected a JSON object with sender and message", 400)
    said = CollectingOutputChannel()
    reading = readings.take(turn.text, request.app.ctx.agent)
    message = UserMessage(turn.text, said, turn.sender, parse_data=reading, input_channel="candor")
    try:
        with TurnMemory(turn.memory):
            await on_new_message(message)
    except Exception as error:
        # Stock Rasa logs the patient's words here and answers 200; we do neither.
        log.error("A turn failed: %s.", type(error).__name__)
        return _error("the turn failed", 500)
    return response.json({"messages": said.messages, "memory": turn.memory})


def _error(message: str, status: int) -> HTTPResponse:
    return response.json({"error": message}, status=status)
