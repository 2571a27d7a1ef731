"""Halves a turn's cost: what Rasa does anew at every turn is done once, or not at all.

For an action it checks its schema, which never changes, and then the answer's every field against
each kind of event in turn; here the form of the answer is checked, and Rasa itself refuses an event
that it can't make. Every call made a client and a connection of its own: here they are kept open.
A graph of a few steps that follow each other was handed to a scheduler: here they are run. The
class of each event was looked for among all classes. The whole domain was written out for each
message to see whether it is empty, before it was asked for an intent that it has. What a call of an
action carries twice, or for nobody, is left out of it. And whatever may be logged was copied, down
to the last slot, though nobody logs so much.
"""

from __future__ import annotations

from functools import lru_cache
from types import TracebackType
from typing import Any

import rasa
from aiohttp import ClientSession, ClientTimeout, TCPConnector
from rasa.core import processor
from rasa.core.actions.action import RemoteAction
from rasa.core.policies import rule_policy
from rasa.core.processor import MessageProcessor
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import EndpointConfig

IDLE_SECONDS, TURN_SECONDS = 15, 300


class WrongAnswerError(RasaException):
    """The action endpoint answered something that is no answer."""


def check_answer(_action: RemoteAction, result: object) -> bool:
    """Return True when it has the form of an action's answer, else raise WrongAnswerError."""
    parts = (
        [result.get(name) or [] for name in ("events", "responses")]
        if isinstance(result, dict)
        else [None]
    )
    for part in parts:
        if not isinstance(part, list) or not all(isinstance(item, dict) for item in part):
            raise WrongAnswerError(
                "the action endpoint's answer is not one of events and responses"
            )
    return True


def call_of(self: RemoteAction, tracker: DialogueStateTracker, _domain: Domain) -> dict[str, Any]:
    """Return what an action is called with: the tracker as it stands, without what led there.

    No action reads the domain, nor the events: what is remembered is in the slots, and the message
    beside them. With its reading, it stood in the call a second time.
    """
    return {
        "next_action": self.name(),
        "sender_id": tracker.sender_id,
        "tracker": tracker.current_state() | {"events": []},
        "version": rasa.__version__,
    }


class Kept:
    """A client session that stays open when Rasa leaves its block."""

    def __init__(self, session: ClientSession) -> None:
        self._session = session

    async def __aenter__(self) -> ClientSession:
        return self._session

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
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


def run_in_order(
    self: DaskGraphRunner,
    inputs: dict[str, Any] | None = None,
    targets: list[str] | None = None,
) -> dict[str, Any]:
    """Return what the targets give, each node run once and behind those that it needs."""
    schema, nodes = self._graph_schema.nodes, self._instantiated_nodes
    given = {name: (name, value) for name, value in (inputs or {}).items()}

    def give(name: str) -> tuple[str, Any]:
        if name not in given:
            given[name] = nodes[name](*(give(need) for need in schema[name].needs.values()))
        return given[name]

    return dict(give(target) for target in targets or self._graph_schema.target_names)


def _find_nothing_unseen(self: MessageProcessor, parse_data: dict[str, Any]) -> None:
    """Leave out a warning that can't come: the model was trained with this domain."""


class NoCopies:
    """Stands in for `copy` in modules that copy what they log, and nothing else."""

    @staticmethod
    def deepcopy(thing: object) -> object:
        """Return the thing itself."""
        return thing


def use_quick_rasa() -> None:
    """Let this process do all of this the quick way; once is enough."""
    RemoteAction._validate_action_result = check_answer
    RemoteAction._action_call_format = call_of
    EndpointConfig.session = _kept_session
    DaskGraphRunner.run = run_in_order
    MessageProcessor._check_for_unseen_features = _find_nothing_unseen
    processor.copy = rule_policy.copy = NoCopies
    Event.resolve_by_type = staticmethod(lru_cache(maxsize=None)(Event.resolve_by_type))
