"""A new session of the same conversation: what was said is let go, what must be known is kept.

Rasa's own action repeats every slot event since the beginning, so that each session is longer
than the one before; this one sets each slot once.
"""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, EventType, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher


class NewSession(Action):
    """Begins a session that remembers the slots and nothing else."""

    def name(self) -> str:
        """Return the name under which Rasa begins a session."""
        return "action_session_start"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Return the events of the new session, as many after a thousand turns as after one."""
        kept = {name: value for name, value in tracker.slots.items() if value is not None}
        slots = [SlotSet(name, value) for name, value in kept.items()]
        return [SessionStarted(), *slots, ActionExecuted("action_listen")]
