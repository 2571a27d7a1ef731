"""A small Graph that answers what a test puts into it."""

import asyncio
import hashlib
import hmac
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TOKEN, SECRET, VERIFY = "EAAtoken-of-the-test", "5ec2e7ofthetest", "verify-of-the-test"
NUMBER, ACCOUNT = "106540352242922", "102290129340398"
CALLBACK = "https://ask.clinic.example/whatsapp"
GOOD_NUMBER = {
    "id": NUMBER,
    "display_phone_number": "+44 7700 900142",
    "verified_name": "Aldermere Joint Clinic",
    "name_status": "APPROVED",
    "quality_rating": "GREEN",
    "code_verification_status": "VERIFIED",
    "status": "CONNECTED",
}
GOOD_TEMPLATE = {
    "name": "answer_ready",
    "language": "en_GB",
    "status": "APPROVED",
    "category": "UTILITY",
    "components": [
        {"type": "BODY", "text": "Your answer is ready."},
        {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Show it"}]},
    ],
}


def refusal(code: object) -> web.Response:
    error = {"message": f"(#{code}) {TOKEN}", "type": "OAuthException", "code": code}
    return web.json_response({"error": error}, status=400)


@dataclass
class Meta:
    """A Graph that tells what a test puts into it, and keeps what it was asked."""

    number: Any = field(default_factory=lambda: dict(GOOD_NUMBER))
    callbacks: Any = field(default_factory=lambda: {"application": CALLBACK})
    apps: Any = field(default_factory=lambda: [{"whatsapp_business_api_data": {"id": "1"}}])
    templates: Any = field(default_factory=lambda: [GOOD_TEMPLATE])
    secret: str = SECRET
    failing: dict[str, object] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    url: str = ""

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(request.path_qs)
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return refusal(190)
        what = self._what(request)
        if what in self.failing:
            return self._fail(self.failing[what])
        match what:
            case "number":
                return web.json_response(self.number)
            case "callback":
                return web.json_response({"webhook_configuration": self.callbacks})
            case "proof":
                right = hmac.new(self.secret.encode(), TOKEN.encode(), hashlib.sha256).hexdigest()
                good = request.query["appsecret_proof"] == right
                return web.json_response({"id": NUMBER}) if good else refusal(100)
            case "apps":
                return web.json_response({"data": self.apps})
            case "template":
                return web.json_response({"data": self.templates})
        return refusal(2500)

    def _what(self, request: web.Request) -> str:
        match request.path.split("/")[1:]:
            case ["v24.0", node] if node == NUMBER:
                fields = request.query.get("fields", "")
                if "appsecret_proof" in request.query:
                    return "proof"
                return "callback" if fields == "webhook_configuration" else "number"
            case ["v24.0", node, "subscribed_apps"] if node == ACCOUNT:
                return "apps"
            case ["v24.0", node, "message_templates"] if node == ACCOUNT:
                return "template" if request.query.get("name") == "answer_ready" else ""
        return ""

    @staticmethod
    def _fail(how: object) -> web.Response:
        if isinstance(how, int):
            return refusal(how)
        status, body = how if isinstance(how, tuple) else (200, how)
        return web.Response(status=status, text=str(body), headers={"Location": "/v24.0/x"})


@contextmanager
def serving() -> Iterator[Meta]:
    """Serve it on a thread of its own: the command has its own loop."""
    served, loop, ready = Meta(), asyncio.new_event_loop(), threading.Event()
    stop = asyncio.Event()

    async def serve() -> None:
        app = web.Application()
        app.router.add_get("/{path:.*}", served.answer)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        served.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        ready.set()
        await stop.wait()
        await runner.cleanup()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    assert ready.wait(10)
    try:
        yield served
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()
