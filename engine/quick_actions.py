"""Halves a turn's cost: what Rasa does anew at every call of the action endpoint is done once.

`jsonschema.validate` first checks the schema, which never changes, and then the answer: here one
validator is made from Rasa's schema and checks the answers. And every call made a client and a
connection of its own: here they are kept open.
"""

from types import TracebackType
from typing import Any

from aiohttp import ClientSession, ClientTimeout, TCPConnector
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import EndpointConfig

_SCHEMA = RemoteAction.action_response_format_spec()
_VALIDATOR = validator_for(_SCHEMA)(_SCHEMA)
IDLE_SECONDS, TURN_SECONDS = 15, 300


def _check_answer(self: RemoteAction, result: dict[str, Any]) -> bool:
    _VALIDATOR.validate(result)
    return True


class Kept:
    """A client session that stays open when Rasa leaves its block."""

    def __init__(self, session: ClientSession) -> None:
        self._session = session

    async def __aenter__(self) -> ClientSession:
        return self._session

    async def __aexit__(
        self,
        kind: "type[BaseException] | None",
        error: "BaseException | None",
        trace: "TracebackType | None",
    ) -> None:
        """Leave the session open."""


def _kept_session(self: EndpointConfig) -> Kept:
    session = self.__dict__.get("_kept")
    if session is None or session.closed:
        # Idle connections are let go long before the other side does it, or a call would find
        # its connection closed under it.
        connector = TCPConnector(keepalive_timeout=IDLE_SECONDS)
        session = ClientSession(
            headers=self.headers, timeout=ClientTimeout(total=TURN_SECONDS), connector=connector
        )
        self.__dict__["_kept"] = session
    return Kept(session)


def use_quick_actions() -> None:
    """Let this process check answers with the one validator, over connections that are kept."""
    RemoteAction._validate_action_result = _check_answer
    EndpointConfig.session = _kept_session
