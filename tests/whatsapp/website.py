"""The website of a running clinic, as a visitor with the widget uses it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientSession

from tests.web.clinic_site import bearer
from tests.whatsapp.clinic_channel import Clinic


@dataclass
class Visitor:
    """Whoever has the widget open; `token` is the way back to their conversation."""

    session: ClientSession
    base: str
    token: str | None = None

    async def ask(self, text: str) -> None:
        """Write in the widget, and wait for the answer."""
        body = {"text": text} | ({"conversation": self.token} if self.token else {})
        async with self.session.post(f"{self.base}/api/messages", json=body) as response:
            assert response.status == 200, await response.text()
            self.token = (await response.json())["conversation"]

    async def code(self) -> str:
        """Take a code for going on in WhatsApp."""
        status, answer = await self.way()
        assert status == 200
        return str(answer["code"])

    async def way(self) -> tuple[int, Any]:
        """Ask for the way to WhatsApp; return status and answer."""
        return await self._call("POST", "/whatsapp")

    async def delete(self) -> None:
        """Delete the conversation in the widget's menu."""
        async with self.session.delete(
            f"{self.base}/api/conversation", headers=bearer(self.token or "")
        ) as response:
            assert response.status == 204

    async def lines(self) -> list[str]:
        """What the widget shows, line by line; [] when the conversation is gone."""
        status, page = await self._call("GET", "")
        return [one["message"]["text"] for one in page["entries"]] if status == 200 else []

    async def _call(self, method: str, path: str) -> tuple[int, Any]:
        url, headers = f"{self.base}/api/conversation{path}", bearer(self.token or "")
        async with self.session.request(method, url, headers=headers) as response:
            return response.status, await response.json()


@asynccontextmanager
async def visitor(clinic: Clinic) -> AsyncIterator[Visitor]:
    """Somebody new on the clinic's website."""
    async with ClientSession() as session:
        yield Visitor(session, clinic.webhook.removesuffix("/whatsapp"))
