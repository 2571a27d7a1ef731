"""The engine keeps no conversation: what one remembers comes and goes with each turn.

So every turn finds a tracker of the same length, nothing about a person lies here, and a turn that
is tried again finds the memory it found before.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

Memory = dict[str, Any]  # the slots that are set, and the form that is being filled in
LOOP = "active_loop"
# Of the turn that is being worked on; None where none was handed over, as in `rasa shell`.
_memory: ContextVar[Memory | None] = ContextVar("memory", default=None)


class TurnMemory:
    """Within the block, the trackers of this turn begin with a memory and leave theirs in it."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory

    def __enter__(self) -> TurnMemory:
        self._before = _memory.set(self.memory)
        return self

    def __exit__(self, *_: object) -> None:
        _memory.reset(self._before)


class TurnTrackers(InMemoryTrackerStore):
    """Rasa's tracker store for turns that bring their memory; others are kept in this process."""

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return a tracker that has just begun, with the turn's memory in its slots.

        A form that waited for this turn waits in it.
        """
        memory = _memory.get()
        if memory is None:
            return await super().retrieve(sender_id)
        tracker = self.init_tracker(sender_id)
        known = {name: value for name, value in memory.items() if name in tracker.slots}
        begun = [SessionStarted(), *(SlotSet(name, value) for name, value in known.items())]
        if memory.get(LOOP) in self.domain.form_names:
            begun.append(ActiveLoop(memory[LOOP]))
        for event in (*begun, ActionExecuted(ACTION_LISTEN_NAME)):
            tracker.update(event, self.domain)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Leave the slots in the turn's memory, and keep nothing."""
        memory = _memory.get()
        if memory is None:
            return await super().save(tracker)
        memory.clear()
        memory.update(
            (name, slot.value) for name, slot in tracker.slots.items() if slot.value is not None
        )
        if tracker.active_loop_name is not None:
            memory[LOOP] = tracker.active_loop_name
        return None
