"""The widget's WebSocket: takes a conversation up where it was left, and carries it live."""

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import Any
from weakref import WeakSet

from aiohttp import WSCloseCode, WSMsgType, web

from bot.channels.intake import LOCAL, Intake, checked_claim
from bot.channels.refusal import MISHAPS, Refused, refusal_of
from bot.channels.widget.frames import Hello, Sent, read_frame
from bot.channels.widget.origin import is_allowed
from bot.channels.widget.page import read_page
from bot.conversation import UnknownConversation
from bot.conversation.mishap import mishap
from bot.knowledge import Texts

log = logging.getLogger(__name__)
HEARTBEAT_SECONDS = 25
# Room for an overlong text, so that it is refused with words instead of a closed line.
MOST_FRAME_BYTES = 64 * 1024
# Of one address: a whole office behind one router, with several tabs each.
MOST_SOCKETS = 100
# Frames that mean nothing, before the line is closed.
MOST_UNREAD = 20
# For widgets to answer that they know of the site's going away.
CLOSING_SECONDS = 1.0


class WidgetSocket:
    """Serves the WebSocket of every open widget."""

    def __init__(
        self,
        intake: Intake,
        texts: Texts,
        desk: Callable[[], Mapping[str, Any]],
        origins: Collection[str],
        address: Callable[[web.Request], str],
    ) -> None:
        self._intake = intake
        self._texts = texts
        self._desk = desk
        self._origins = origins
        self._address = address
        self._open: WeakSet[web.WebSocketResponse] = WeakSet()
        self._by_address: Counter[str] = Counter()

    @property
    def open(self) -> int:
        """How many widgets are connected."""
        return len(self._open)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Carry one widget's conversation until it leaves; 403 for a foreign page."""
        if not is_allowed(request.headers.get("Origin"), request.host, self._origins):
            raise web.HTTPForbidden
        address = self._address(request)
        if self._by_address[address] >= MOST_SOCKETS and address != LOCAL:
            raise Refused(429, "too_many_messages", retry_after=60)
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS, max_msg_size=MOST_FRAME_BYTES)
        await socket.prepare(request)
        self._open.add(socket)
        self._by_address[address] += 1
        visit = Visit(socket, self._intake, self._texts, self._desk, address)
        try:
            async for frame in socket:
                await visit.take(frame.data if frame.type is WSMsgType.TEXT else "")
        finally:
            self._open.discard(socket)
            self._by_address -= Counter({address: 1})
            await visit.end()
        return socket

    async def close(self, _app: web.Application) -> None:
        """Tell every widget that the site goes away, so that it comes back by itself."""
        closing = [
            asyncio.create_task(socket.close(code=WSCloseCode.GOING_AWAY, message=b"restart"))
            for socket in set(self._open)
        ]
        if closing:
            # Who has no network any more doesn't answer, and the others wait for the site.
            _, silent = await asyncio.wait(closing, timeout=CLOSING_SECONDS)
            for task in silent:
                task.cancel()


class Visit:
    """One widget's connection: its conversation, once it has one, and who follows it."""

    def __init__(
        self,
        socket: web.WebSocketResponse,
        intake: Intake,
        texts: Texts,
        desk: Callable[[], Mapping[str, Any]],
        address: str,
    ) -> None:
        self._socket = socket
        self._intake = intake
        self._texts = texts
        self._desk = desk
        self._address = address
        self._token: str | None = None
        # The conversation was deleted; what is sent before the widget knows it belongs to no other.
        self._gone = False
        self._unread = 0
        self._follower: asyncio.Task[None] | None = None

    async def take(self, data: str) -> None:
        """Act on one frame; what is wrong with it is answered, never fatal."""
        try:
            frame = read_frame(data)
        except Refused as error:
            self._unread += 1
            await self._refuse(error, None)
            if self._unread >= MOST_UNREAD:
                await self._socket.close(code=WSCloseCode.POLICY_VIOLATION)
            return
        try:
            if isinstance(frame, Hello):
                await self._take_up(frame)
            else:
                await self._send_in(frame)
        except MISHAPS as error:
            refused = refusal_of(error)
            await self._refuse(refused, frame.key if isinstance(frame, Sent) else None)
            if isinstance(frame, Hello) and refused.code != "unknown_conversation":
                # Not to go on as if there were no conversation: it comes back and says hello again.
                await self._socket.close(code=WSCloseCode.TRY_AGAIN_LATER)

    async def _refuse(self, refused: Refused, key: str | None) -> None:
        log.info("a widget's frame was refused: %s", refused.code)
        await self._tell("error", **refused.to_dict(self._texts), key=key)

    async def end(self) -> None:
        """Stop following the conversation."""
        if self._follower is not None:
            self._follower.cancel()
            await asyncio.gather(self._follower, return_exceptions=True)
            self._follower = None

    async def _take_up(self, hello: Hello) -> None:
        await self.end()
        self._token, self._gone = None, hello.conversation is not None
        self._intake.look(self._address)
        if hello.conversation is None:
            await self._tell("ready", conversation=None, **self._nothing())
            return
        conversation = self._intake.conversation(hello.conversation)
        page = await read_page(self._intake.conversations, conversation, self._desk(), hello.after)
        self._token, self._gone = hello.conversation, False
        await self._tell("ready", conversation=self._token, **page)
        self._follow(conversation, page["entries"][-1]["seq"] if page["entries"] else hello.after)

    def _nothing(self) -> dict[str, Any]:
        return {"entries": [], "earlier": False, "holder": "bot", "by": None, "desk": self._desk()}

    async def _send_in(self, sent: Sent) -> None:
        if self._gone:
            raise UnknownConversation
        kept = await self._intake.receive(
            "widget", self._address, self._token, sent.text, sent.key, checked_claim(sent.claim)
        )
        await self._tell("kept", key=sent.key, conversation=kept.token)
        if self._token is None:
            self._token = kept.token
            self._follow(kept.conversation, 0)

    def _follow(self, conversation: str, after: int) -> None:
        async def follow() -> None:
            try:
                async for news in self._intake.conversations.follow(conversation, after):
                    entries = [entry.to_dict() for entry in news.entries]
                    held = {"holder": news.holder, "by": news.name}
                    await self._tell("news", entries=entries, **held, desk=self._desk())
            except UnknownConversation:
                self._token, self._gone = None, True
                await self._tell("gone")
            except Exception as error:
                if not isinstance(error, MISHAPS):
                    log.error("a conversation can't be followed: %s", mishap(error))
                # Closed, so that the widget comes back and goes on from its cursor.
                await self._socket.close(code=WSCloseCode.TRY_AGAIN_LATER)

        self._follower = asyncio.create_task(follow())

    async def _tell(self, kind: str, **content: object) -> None:
        # A widget that is gone resumes by its cursor when it comes back.
        with contextlib.suppress(ConnectionError):
            await self._socket.send_json({"type": kind, **content})
