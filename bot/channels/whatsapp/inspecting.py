"""Asks Graph how a clinic's number stands: its state, its template, where deliveries go.

Reads only. Neither a token nor a secret gets into an error: it holds codes and our own words.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

NUMBER_FIELDS = (
    "display_phone_number,verified_name,name_status,quality_rating,code_verification_status,status"
)
TEMPLATE_FIELDS = "name,language,status,category,components"
# The narrower one counts: Meta delivers to the first that is set.
CALLBACKS = ("phone_number", "whatsapp_business_account", "application")
VARIABLE = re.compile(r"\{\{.*?\}\}", re.DOTALL)


class NotTold(Exception):
    """Graph refused, with its `code`, or it couldn't be asked at all: then `code` is None."""

    def __init__(self, reason: str, code: int | None = None) -> None:
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True, slots=True)
class NumberInfo:
    """What Graph tells of a number; None for what it leaves out."""

    shown: str | None
    name: str | None
    name_status: str | None
    quality: str | None
    verification: str | None
    status: str | None


@dataclass(frozen=True, slots=True)
class TemplateInfo:
    """What Graph tells of a template: whether it can be sent, has a reply button, has blanks."""

    status: str | None
    category: str | None
    has_reply_button: bool
    has_variables: bool


class Inspector:
    """Graph at an address, asked with a token. Every method raises NotTold."""

    def __init__(
        self,
        session: ClientSession,
        base_url: str,
        version: str,
        token: str,
        *,
        timeout: float = 10,
    ) -> None:
        self._session = session
        self._root = f"{base_url}/{version}"
        self._token = token
        self._timeout = ClientTimeout(total=timeout)

    async def number(self, number_id: str) -> NumberInfo:
        """Return how the number stands."""
        told = await self._get(number_id, fields=NUMBER_FIELDS)
        return NumberInfo(
            shown=_text(told.get("display_phone_number")),
            name=_text(told.get("verified_name")),
            name_status=_text(told.get("name_status")),
            quality=_text(told.get("quality_rating")),
            verification=_text(told.get("code_verification_status")),
            status=_text(told.get("status")),
        )

    async def is_own_secret(self, number_id: str, secret: str) -> bool:
        """Tell whether the secret belongs to the app of the token; the number must be known.

        Graph refuses a request whose proof, the token signed with the secret, isn't right.
        """
        proof = hmac.new(secret.encode(), self._token.encode(), hashlib.sha256).hexdigest()
        try:
            await self._get(number_id, fields="id", appsecret_proof=proof)
        except NotTold as error:
            if error.code != 100:
                raise
            return False
        return True

    async def callback(self, number_id: str) -> str | None:
        """Return the address to which Meta delivers this number's messages, or None."""
        told = await self._get(number_id, fields="webhook_configuration")
        addresses = told.get("webhook_configuration")
        if not isinstance(addresses, dict):
            return None
        return next((text for name in CALLBACKS if (text := _text(addresses.get(name)))), None)

    async def subscribed_apps(self, account_id: str) -> int:
        """Return how many apps get what happens in the account."""
        return len(_objects((await self._get(f"{account_id}/subscribed_apps")).get("data")))

    async def template(self, account_id: str, name: str, language: str) -> TemplateInfo | None:
        """Return how the template stands in that language, or None when the account has none."""
        path = f"{account_id}/message_templates"
        told = await self._get(path, name=name, fields=TEMPLATE_FIELDS, limit="100")
        for item in _objects(told.get("data")):
            # Graph looks for names that contain the one that is asked for.
            if (item.get("name"), item.get("language")) == (name, language):
                return _template(item)
        return None

    async def _get(self, path: str, **query: str) -> Mapping[str, Any]:
        headers = {"Authorization": f"Bearer {self._token}"}
        try:
            # A redirect would carry the token to another address than the one that was chosen.
            async with self._session.get(
                f"{self._root}/{path}",
                params=query,
                headers=headers,
                timeout=self._timeout,
                allow_redirects=False,
            ) as response:
                status, body = response.status, await response.read()
        except (ClientError, TimeoutError, OSError, ValueError) as error:
            raise NotTold(type(error).__name__) from None
        return _read(status, body)


def _read(status: int, body: bytes) -> Mapping[str, Any]:
    try:
        told = json.loads(body)
    except ValueError:
        told = None
    error = told.get("error") if isinstance(told, dict) else None
    code = error.get("code") if isinstance(error, dict) else None
    if isinstance(code, int):
        raise NotTold(f"Graph's code {code}", code)
    if status != 200 or not isinstance(told, dict):
        raise NotTold(f"HTTP {status}, and not in Graph's words")
    return told


def _objects(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _template(item: Mapping[str, Any]) -> TemplateInfo:
    parts = _objects(item.get("components"))
    buttons = [button for part in parts for button in _objects(part.get("buttons"))]
    return TemplateInfo(
        status=_text(item.get("status")),
        category=_text(item.get("category")),
        has_reply_button=any(button.get("type") == "QUICK_REPLY" for button in buttons),
        has_variables=any(VARIABLE.search(str(part.get("text", ""))) for part in parts),
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
