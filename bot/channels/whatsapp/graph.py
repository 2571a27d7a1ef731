"""The client of Meta's Graph API: sends, and marks as read.

Nothing of a message, number or token gets into a log or an exception: Graph's own error texts may
repeat a number, aiohttp's hold addresses and headers. So only codes and our own words are kept.
"""

import json
import logging
from collections.abc import Mapping
from typing import Any

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientHttpProxyError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    InvalidURL,
    NonHttpUrlClientError,
)

from bot.channels.whatsapp.failures import Act, Failure, foreign, is_known, judge

log = logging.getLogger(__name__)
# Errors from before a single byte of the request went out.
UNREACHED = (
    ClientConnectorError,
    ClientHttpProxyError,
    ConnectionTimeoutError,
    InvalidURL,
    NonHttpUrlClientError,
)


class NotSent(Exception):
    """The request was surely not accepted; `failure` says why, and what to do."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"{failure.title} (code {failure.code}, HTTP {failure.status})")
        self.failure = failure


class Unsure(Exception):
    """The request went out and no proper answer came: it may have been accepted."""


class Graph:
    """One number's way to Graph. A call that is cancelled may have been accepted."""

    def __init__(
        self,
        session: ClientSession,
        base_url: str,
        version: str,
        number_id: str,
        token: str,
        *,
        timeout: float = 10,
    ) -> None:
        self._session = session
        self._url = f"{base_url.rstrip('/')}/{version}/{number_id}/messages"
        self._headers = {"Authorization": f"Bearer {token}"}
        # The line gets less than the whole: who waits for it in vain was not heard at all.
        self._timeout = ClientTimeout(total=timeout, connect=timeout / 2)

    async def send(self, payload: Mapping[str, Any]) -> str:
        """Send a message; return the id that Meta gives it. NotSent, Unsure."""
        answer: Any = await self._ask(payload)
        try:
            wamid = answer["messages"][0]["id"]
        except (KeyError, IndexError, TypeError):
            wamid = None
        if not isinstance(wamid, str) or not wamid:
            raise Unsure("Graph accepted the request without telling the message's id")
        return wamid

    async def mark_read(self, message_id: str, *, typing: bool) -> None:
        """Show a message as read, and that an answer is being typed; a failure is only logged."""
        payload: dict[str, Any] = {
            "messaging_product": "whatsapp",
            "status": "read",
            "message_id": message_id,
        }
        if typing:
            payload["typing_indicator"] = {"type": "text"}
        try:
            await self._ask(payload)
        except (NotSent, Unsure) as error:
            log.warning("a message could not be marked as read: %s", error)

    async def _ask(self, payload: Mapping[str, Any]) -> object:
        """Return the body of an answer that accepts the request. NotSent, Unsure."""
        status, raw = await self._exchange(payload)
        try:
            body: object = json.loads(raw)
        except (ValueError, RecursionError):
            body = None
        if 200 <= status < 300:
            return body
        failure = judge(status, body)
        if failure is None and status >= 500:
            raise Unsure(f"HTTP {status} without Graph's error")
        failure = failure or foreign(status)
        if failure.code is not None and not is_known(failure.code):
            log.warning("Graph answers a code we don't know: %d, HTTP %d", failure.code, status)
        raise NotSent(failure)

    async def _exchange(self, payload: Mapping[str, Any]) -> tuple[int, bytes]:
        if self._session.closed:
            raise NotSent(Failure(Act.AGAIN, None, None, "the channel is closed"))
        try:
            async with self._session.post(
                self._url,
                json=payload,
                headers=self._headers,
                timeout=self._timeout,
                # A token and a patient's words go to the one address that was configured.
                allow_redirects=False,
            ) as response:
                return response.status, await response.read()
        except UNREACHED as error:
            title = f"Graph can't be reached: {type(error).__name__}"
            lost: Exception = NotSent(Failure(Act.AGAIN, None, None, title))
        except (ClientError, TimeoutError, OSError) as error:
            lost = Unsure(f"no answer came: {type(error).__name__}")
        # Raised here: what aiohttp raised holds the address and the token, and isn't to hang on.
        raise lost
