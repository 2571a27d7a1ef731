"""Asks the engine over HTTP: a patient's text goes in, the assistant's messages come out."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any, Self

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.conversation import AssistantUnavailable, Memory, Message, Reply
from bot.conversation.callbacks import wish_from_dict
from bot.conversation.message import message_from_dict
from bot.conversation.payload import for_engine

CHANNEL = "/webhooks/candor/"
WEBHOOK = CHANNEL + "webhook"
UNDERSTAND = CHANNEL + "understand"
# What a turn hands on to the front desk; it leaves the memory with it.
WISH = "callback_wish"
PATIENCE = ClientTimeout(total=15, connect=3)


def headers(token: str) -> dict[str, str]:
    """Return what opens the engine's way in."""
    return {"Authorization": f"Bearer {token}"}


async def engine_problem(session: ClientSession, url: str) -> str | None:
    """Return None when the engine there takes messages with a model, else what is wrong."""
    try:
        async with session.get(url + CHANNEL) as response:
            if response.status == 401:
                return "the engine refuses our token"
            return None if response.ok else "the engine has no model"
    except (ClientError, TimeoutError, OSError):
        return "the engine doesn't answer"


class RasaAssistant:
    """The engine at an address.

    `link` makes a booking button's address for a conversation, `urgent` a red flag's message.
    """

    def __init__(
        self,
        url: str,
        token: str,
        answers: Collection[str],
        link: Callable[[str, str], str],
        urgent: Callable[[str], Message],
        *,
        timeout: ClientTimeout = PATIENCE,
    ) -> None:
        self._url = url
        self._headers = headers(token)
        self._answers = answers
        self._link = link
        self._urgent = urgent
        self._timeout = timeout
        self._session: ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = ClientSession(headers=self._headers, timeout=self._timeout)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()

    async def reply(self, conversation_id: str, text: str, memory: Memory) -> Reply:
        """Return the reply to a patient's text or tap; AssistantUnavailable without any."""
        message = for_engine(text, self._answers)
        turn = {"sender": conversation_id, "message": message, "memory": memory}
        answer: Any = await self._ask(WEBHOOK, turn)
        try:
            items, after = answer["messages"], answer["memory"]
            messages = [self._read(conversation_id, item["custom"]) for item in items]
            wish = wish_from_dict(after.pop(WISH, None))
        except (KeyError, TypeError, AttributeError, ValueError):
            raise AssistantUnavailable("the engine's answer is not one of messages") from None
        if not messages:
            raise AssistantUnavailable("the engine gave no answer")
        return Reply(messages, after, wish)

    async def alarm(self, text: str) -> Message | None:
        """Return the urgent message for a red flag that the engine sees in a text, or None.

        AssistantUnavailable when it can't be asked.
        """
        flag = await self._red_flag(text)
        return self._urgent(str(flag.get("flag"))) if flag.get("sure") else None

    async def harmless(self, text: str) -> bool:
        """Tell whether nothing in a text looks like a red flag; AssistantUnavailable."""
        return (await self._red_flag(text)).get("harmless") is True

    async def read_ahead(self, text: str) -> None:
        """Have the engine read a text whose turn is about to come; AssistantUnavailable."""
        message = for_engine(text, self._answers)
        if not message.startswith("/"):
            await self.understand(message)

    async def _red_flag(self, text: str) -> Mapping[str, Any]:
        read = await self.understand(for_engine(text, ()))
        return (read.get("understanding") or {}).get("urgent") or {}

    async def understand(self, text: str) -> Mapping[str, Any]:
        """Return how the engine reads a text: `understanding`, `entities`; AssistantUnavailable."""
        read = await self._ask(UNDERSTAND, {"message": text})
        if not isinstance(read, dict):
            raise AssistantUnavailable("the engine's reading is not an object")
        return read

    async def problem(self) -> str | None:
        """Return None when the engine takes messages with a model, else what is wrong."""
        return await engine_problem(self._open(), self._url)

    def _open(self) -> ClientSession:
        if self._session is None or self._session.closed:
            raise AssistantUnavailable("closed")
        return self._session

    async def _ask(self, path: str, body: Mapping[str, Any]) -> object:
        try:
            async with self._open().post(self._url + path, json=body) as response:
                if response.status != 200:
                    raise AssistantUnavailable(f"the engine answered {response.status}")
                answer: object = json.loads(await response.read())
        except (ClientError, TimeoutError, OSError, ValueError) as error:
            raise AssistantUnavailable(f"the engine failed: {type(error).__name__}") from None
        return answer

    def _read(self, conversation_id: str, item: Mapping[str, Any]) -> Message:
        message = message_from_dict(item)
        if message.booking is None:
            return message
        url = self._link(conversation_id, message.id)
        return replace(message, booking=replace(message.booking, url=url))
