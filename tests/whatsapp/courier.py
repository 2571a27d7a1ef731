"""Carries deliveries to the application's webhook as Meta does: signed, and again until taken."""

import asyncio
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.whatsapp.account import ACCOUNT_ID, DISPLAY_NUMBER, NUMBER_ID


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to deliver: which delivery, at which second, and the answer; None without any."""

    delivery: int
    at: float
    status: int | None


class Undelivered(Exception):
    """The webhook didn't answer 200 for as long as the courier is patient."""


def envelope(value: Mapping[str, Any], number_id: str = NUMBER_ID) -> dict[str, Any]:
    """A delivery with one change: contacts, messages, statuses or errors of a number."""
    metadata = {"display_phone_number": DISPLAY_NUMBER, "phone_number_id": number_id}
    change = {
        "field": "messages",
        "value": {"messaging_product": "whatsapp", "metadata": metadata, **value},
    }
    entry = {"id": ACCOUNT_ID, "changes": [change]}
    return {"object": "whatsapp_business_account", "entry": [entry]}


def encoded(delivery: Mapping[str, Any]) -> bytes:
    """The bytes on the wire: like Meta, with every other letter and the slash escaped."""
    return json.dumps(delivery, separators=(",", ":")).replace("/", "\\/").encode()


def signature(secret: str, body: bytes) -> str:
    """The header X-Hub-Signature-256 of a body."""
    return "sha256=" + hmac.digest(secret.encode(), body, "sha256").hex()


@dataclass
class Courier:
    """Posts to `url`; waits `wait` seconds before the second try, then ever longer."""

    url: str
    secret: str
    wait: float = 0.05
    longest_wait: float = 1.0
    patience: float = 30.0
    answer_within: float = 10.0
    attempts: list[Attempt] = field(default_factory=list)
    _session: ClientSession | None = None
    _deliveries: int = 0

    async def __aenter__(self) -> Self:
        self._session = ClientSession(timeout=ClientTimeout(total=self.answer_within))
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()

    async def deliver(self, delivery: Mapping[str, Any]) -> int:
        """Post until it is taken; return how many tries it took. Undelivered."""
        body = encoded(delivery)
        self._deliveries += 1
        number, tries, wait = self._deliveries, 1, self.wait
        give_up = time.monotonic() + self.patience
        while await self._post(number, body) != 200:
            if time.monotonic() + wait > give_up:
                raise Undelivered(f"delivery {number} after {tries} tries")
            await asyncio.sleep(wait)
            tries, wait = tries + 1, min(2 * wait, self.longest_wait)
        return tries

    async def _post(self, number: int, body: bytes) -> int | None:
        assert self._session is not None
        headers = {
            "Content-Type": "application/json",
            "X-Hub-Signature-256": signature(self.secret, body),
        }
        status: int | None = None
        try:
            async with self._session.post(self.url, data=body, headers=headers) as response:
                await response.read()
                status = response.status
        except (ClientError, TimeoutError, OSError):
            pass  # as if nobody were there
        self.attempts.append(Attempt(number, time.monotonic(), status))
        return status
