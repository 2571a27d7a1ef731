"""A Graph API of our own, as strict as Meta's: accepts, refuses, fails as told, remembers."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.whatsapp.account import DISPLAY_NUMBER, NUMBER_ID, SECRET
from tests.whatsapp.courier import Courier
from tests.whatsapp.graph_answers import (
    check_caller,
    fail,
    new_wamid,
    sent_answer,
)
from tests.whatsapp.graph_errors import Refusal
from tests.whatsapp.graph_faults import Faults
from tests.whatsapp.graph_limits import Limits
from tests.whatsapp.graph_payloads import check_message, check_read
from tests.whatsapp.graph_statuses import Accepted, Statuses
from tests.whatsapp.graph_templates import READY, check_template


@dataclass(frozen=True, slots=True)
class Read:
    """A message that was marked as read, with the typing indicator or without."""

    message_id: str
    typing: bool
    at: float


@dataclass
class GraphServer:
    """The state of the fake Graph; `base` is its address. Times are seconds by `clock`."""

    clock: Callable[[], float]
    limits: Limits
    statuses: Statuses
    base: str = ""
    latency: Callable[[], float] = lambda: 0.0
    # Meta sometimes accepts what is too late for the window, and tells the failure afterwards.
    window_told_later: bool = False
    faults: Faults = field(default_factory=Faults)
    read_faults: Faults = field(default_factory=Faults)
    templates: list[dict[str, Any]] = field(default_factory=lambda: [READY])
    accepted: list[Accepted] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    reads: list[Read] = field(default_factory=list)
    requests: int = 0
    phones: dict[str, str] = field(default_factory=dict)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def announce_to(self, webhook: str, secret: str = SECRET) -> Courier:
        """Tell statuses to this address from now on; return the courier that carries them."""
        self.statuses.courier = await self._stack.enter_async_context(Courier(webhook, secret))
        return self.statuses.courier

    def knows(self, phone: str, user_id: str) -> None:
        """Let a phone and a user id be one person's."""
        self.phones[user_id] = phone.lstrip("+")
        if user_id in self.limits.wrote:
            self.patient_wrote(phone, self.limits.wrote.pop(user_id))

    def patient_wrote(self, phone_or_user_id: str, at: float | None = None) -> None:
        """Open this person's window of 24 hours, from now or from the second `at`."""
        person = self._person(phone_or_user_id.lstrip("+"))
        wrote = self.clock() if at is None else at
        self.limits.wrote[person] = max(wrote, self.limits.wrote.get(person, wrote))

    def to(self, phone_or_user_id: str) -> list[Accepted]:
        """Return what was accepted for one person, in order."""
        person = self._person(phone_or_user_id.lstrip("+"))
        return [one for one in self.accepted if one.recipient == person]

    @property
    def malformed(self) -> list[Refusal]:
        """Refusals that only the sender's own mistake can bring about."""
        return [one for one in self.refused if one.code in (100, 131008, 131009, 131051)]

    async def until_accepted(self, count: int, seconds: float = 5) -> list[Accepted]:
        """Wait until so many messages in all were accepted; TimeoutError."""
        async with asyncio.timeout(seconds):
            while len(self.accepted) < count:
                self.news.clear()
                await self.news.wait()
        return self.accepted

    async def messages(self, request: web.Request) -> web.StreamResponse:
        """Take a message or a mark as read."""
        await asyncio.sleep(self.latency())
        self.requests += 1
        try:
            check_caller(request, NUMBER_ID)
            try:
                body = await request.json()
            except ValueError:
                raise Refusal(100, "The body is no JSON") from None
            if isinstance(body, dict) and "status" in body:
                return await self._read(request, body)
            return await self._send(request, body)
        except Refusal as refusal:
            self.refused.append(refusal)
            return web.json_response(refusal.to_body(), status=refusal.status)

    async def _read(self, request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        check_read(body)
        fault = self.read_faults.take()
        if fault and not fault.kind.accepts:
            return await fail(request, fault, self.closing)
        self.reads.append(Read(body["message_id"], "typing_indicator" in body, self.clock()))
        if fault:
            return await fail(request, fault, self.closing)
        return web.json_response({"success": True})

    async def _send(self, request: web.Request, body: object) -> web.StreamResponse:
        payload = check_message(body)
        if payload["type"] == "template":
            check_template(self.templates, payload["template"])
        fault = self.faults.take()
        if fault and not fault.kind.accepts:
            return await fail(request, fault, self.closing)
        wamid = self._accept(payload)
        return await fail(request, fault, self.closing) if fault else sent_answer(payload, wamid)

    def _accept(self, payload: Mapping[str, Any]) -> str:
        """Remember a message and begin to tell what becomes of it; Refusal by the limits."""
        user_id = payload.get("recipient")
        phone = payload.get("to", "").lstrip("+") or self.phones.get(user_id or "")
        person = phone or user_id or ""
        user_id = user_id or next((one for one, its in self.phones.items() if its == phone), None)
        if person == DISPLAY_NUMBER:
            raise Refusal(131021, "Sender and recipient are the same")
        late = None
        if payload["type"] != "template" and not self.limits.is_open(person):
            late = Refusal(131047, f"More than 24 hours have passed since {person} last replied.")
            if not self.window_told_later:
                raise late
        self.limits.count(person)
        wamid = new_wamid(len(self.accepted))
        opaque = payload.get("biz_opaque_callback_data")
        accepted = Accepted(payload, wamid, opaque, self.clock(), person, phone, user_id)
        self.accepted.append(accepted)
        self.news.set()
        self.statuses.announce(accepted, late)
        return wamid

    def _person(self, phone_or_user_id: str) -> str:
        return self.phones.get(phone_or_user_id, phone_or_user_id)

    async def close(self) -> None:
        """Let go of those who hang, and stop telling statuses."""
        self.closing.set()
        await self.statuses.close()
        await self._stack.aclose()


@asynccontextmanager
async def graph_server(
    *, clock: Callable[[], float] = time.time, pair_seconds: float = 6.0, port: int | None = None
) -> AsyncIterator[GraphServer]:
    """Serve a fake Graph for as long as the block runs."""
    graph = GraphServer(clock, Limits(clock, pair_seconds), Statuses(clock, NUMBER_ID))
    app = web.Application()
    version = r"/{version:v\d+\.\d+}/{id}"
    app.router.add_post(version + "/messages", graph.messages)
    async with TestServer(app, port=port) as server:
        graph.base = str(server.make_url("")).rstrip("/")
        try:
            yield graph
        finally:
            await graph.close()
