"""A clinic's clock that stands still, and the form of the call-back walked as Rasa walks it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.callbacks.form import FORM, REQUESTED, WISH
from actions.callbacks.loop import AskFor, EndForm, ValidateForm
from actions.callbacks.meaning import STEPS
from actions.callbacks.when import Clock
from actions.context import Calling, Context
from actions.server import ACTIONS, SpokenAction
from bot.settings.clinic import load_clinic
from bot.settings.openings import openings
from tests.actions.conftest import ROOT, real_context

CLINIC = load_clinic(ROOT / "clinic.yml")
ZONE = ZoneInfo(CLINIC.time_zone)
MONDAY = datetime(2026, 3, 23, 10, 0, tzinfo=ZONE)
OPENINGS = partial(openings, CLINIC.hours, ZONE)
OTHERS = {
    "talk_to_person": "action_talk_to_person",
    "affirm": "action_accept",
    "deny": "action_refuse",
    "nlu_fallback": "action_clarify",
    "ask_why": "action_why",
    "ask_source": "action_source",
    "tell_more": "action_tell_more",
    "ask_about": "action_about",
}


def clock(at: datetime = MONDAY) -> Clock:
    return Clock(at, ZONE, OPENINGS)


@dataclass
class Chat:
    """One conversation: the engine's rules for the form, and the real actions behind them."""

    own: str | None = None  # the number that the patient writes from
    now: datetime = MONDAY
    slots: dict[str, Any] = field(default_factory=dict)
    loop: str | None = None
    told: list[dict[str, Any]] = field(default_factory=list)
    wishes: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        async def number_of(conversation_id: str) -> str | None:
            return self.own

        calling = Calling(ZONE, OPENINGS, "GB", lambda: self.now, number_of)
        base = real_context()
        self.context = Context(
            base.knowledge, base.texts, base.public_url, base.booking_url, calling=calling
        )

    def later(self, **time: float) -> None:
        self.now += timedelta(**time)

    @property
    def waits_for(self) -> str | None:
        return self.slots.get(REQUESTED) if self.loop else None

    @property
    def last(self) -> str:
        return str(self.told[-1]["intent"])

    @property
    def text(self) -> str:
        return str(self.told[-1]["text"])

    async def say(
        self, text: str, intent: str = "decline/off_topic", scope: float = 0.2, nearest: float = 0.4
    ) -> list[dict[str, Any]]:
        """Say something that the engine reads so; return the messages that come back."""
        base, _, _ = intent.partition("/")
        self._message = {
            "text": text,
            "intent": {"name": base, "confidence": 0.9},
            "response_selector": {base: {"response": {"intent_response_key": intent}}},
            "understanding": {"scope": scope, "nearest": nearest},
        }
        self.told = []
        if self.loop == FORM and not await self._form():
            return self.told
        if base == "call_back":
            await self._form()
        else:
            action = OTHERS.get(base, f"action_{base}")
            for event in await self._run(SpokenAction(action, ACTIONS[action], self.context)):
                if event["event"] == "followup" and event["name"] == FORM:
                    await self._form()
        return self.told

    async def _form(self) -> bool:
        """Run the form as Rasa does; tell whether it rejects the message."""
        if self.loop is None:
            self.loop, self.slots[REQUESTED] = FORM, None
        events = await self._run(ValidateForm(self.context))
        if any(event["event"] == "action_execution_rejected" for event in events):
            return True
        ends = any(event.get("name") == REQUESTED for event in events)
        missing = [step for step in STEPS if self.slots.get(step) is None]
        if missing and not ends:
            self.slots[REQUESTED] = missing[0]
            await self._run(AskFor(self.context, missing[0]))
            return False
        self.loop = self.slots[REQUESTED] = None
        await self._run(EndForm(self.context))
        return False

    async def _run(self, action: Any) -> list[dict[str, Any]]:  # noqa: ANN401
        loop = {"name": self.loop} if self.loop else {}
        tracker = Tracker("c", dict(self.slots), self._message, [], False, None, loop, "")
        dispatcher = CollectingDispatcher()
        events: list[dict[str, Any]] = await action.run(dispatcher, tracker, {})
        self.told += [one["custom"] for one in dispatcher.messages]
        for event in events:
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
            elif event["event"] == "active_loop":
                self.loop = event["name"]
        if wish := self.slots.pop(WISH, None):
            self.wishes.append(wish)
        return events
