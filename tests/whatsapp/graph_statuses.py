"""What becomes of accepted messages, told to the webhook: in time, late, twice, in disorder."""

import asyncio
import random
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.whatsapp.courier import Courier, Undelivered, envelope
from tests.whatsapp.graph_errors import Refusal

CONVERSATION_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Accepted:
    """A message that Graph accepted. `recipient` is a phone's digits, or else a user id."""

    payload: Mapping[str, Any]
    wamid: str
    opaque: str | None
    at: float
    recipient: str
    phone: str | None
    user_id: str | None


@dataclass
class Statuses:
    """Tells each message's states; a seeded chance decides what comes late, twice or in disorder.

    `delay` is the seconds before each state; `late`, `twice` and `disorder` are shares.
    """

    clock: Callable[[], float]
    number_id: str
    courier: Courier | None = None
    states: tuple[str, ...] = ("sent", "delivered", "read")
    delay: float = 0.0
    late: float = 0.0
    late_seconds: float = 0.2
    twice: float = 0.0
    disorder: float = 0.0
    chance: random.Random = field(default_factory=lambda: random.Random(0))  # noqa: S311
    fails: deque[int | None] = field(default_factory=deque)
    undelivered: list[dict[str, Any]] = field(default_factory=list)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def fail_next(self, *codes: int | None) -> None:
        """Let the next accepted messages fail with these codes; None for one that arrives."""
        self.fails.extend(codes)

    def announce(self, accepted: Accepted, failure: Refusal | None = None) -> None:
        """Begin to tell what becomes of a message."""
        if failure is None and self.fails and (code := self.fails.popleft()) is not None:
            failure = Refusal(code, f"Sending to {accepted.recipient} failed")
        if self.courier is None:
            return
        items = [_status(accepted, state, self.clock()) for state in self.states]
        if failure is not None:
            failed = _status(accepted, "failed", self.clock())
            items = [failed | {"errors": [failure.to_status()]}]
        task = asyncio.create_task(self._tell(self.courier, accepted, self._plan(items)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @property
    def telling(self) -> bool:
        """Tell whether anything is still to be told."""
        return bool(self._tasks)

    async def settled(self) -> None:
        """Wait until everything was told, or given up: that is kept in `undelivered`."""
        while self._tasks:
            await asyncio.gather(*self._tasks)
            # A gathering of what has ended gives way to nobody, not even to what ends it here.
            await asyncio.sleep(0)

    async def close(self) -> None:
        """Stop telling."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _plan(self, items: list[dict[str, Any]]) -> list[tuple[float, dict[str, Any]]]:
        told = [one for one in items for _ in range(2 if self._happens(self.twice) else 1)]
        if self._happens(self.disorder):
            self.chance.shuffle(told)
        late = [self.late_seconds if self._happens(self.late) else 0.0 for _ in told]
        return [(self.delay + wait, one) for wait, one in zip(late, told, strict=True)]

    def _happens(self, share: float) -> bool:
        return self.chance.random() < share

    async def _tell(
        self, courier: Courier, accepted: Accepted, plan: list[tuple[float, dict[str, Any]]]
    ) -> None:
        for wait, item in plan:
            await asyncio.sleep(wait)
            value: dict[str, Any] = {"statuses": [item]}
            if item["status"] in ("delivered", "read"):
                value["contacts"] = [_contact(accepted)]
            try:
                await courier.deliver(envelope(value, self.number_id))
            except Undelivered:
                self.undelivered.append(item)


def _contact(accepted: Accepted) -> dict[str, Any]:
    ids = {"wa_id": accepted.phone, "user_id": accepted.user_id}
    return {"profile": {"name": "A patient"}} | {key: one for key, one in ids.items() if one}


def _status(accepted: Accepted, state: str, at: float) -> dict[str, Any]:
    item: dict[str, Any] = {"id": accepted.wamid, "status": state, "timestamp": str(int(at))}
    if accepted.phone:
        item["recipient_id"] = accepted.phone
    if accepted.user_id:
        item["recipient_user_id"] = accepted.user_id
    if accepted.opaque is not None:
        item["biz_opaque_callback_data"] = accepted.opaque
    if state == "sent":
        item["conversation"] = {
            "id": accepted.wamid[-16:],
            "expiration_timestamp": str(int(at) + CONVERSATION_SECONDS),
            "origin": {"type": _category(accepted)},
        }
    if state in ("sent", "delivered"):
        item["pricing"] = _pricing(accepted)
    return item


def _category(accepted: Accepted) -> str:
    return "utility" if accepted.payload["type"] == "template" else "service"


def _pricing(accepted: Accepted) -> dict[str, Any]:
    category = _category(accepted)
    free = category == "service"
    return {
        "billable": not free,
        "pricing_model": "PMP",
        "type": "free_customer_service" if free else "regular",
        "category": category,
    }
