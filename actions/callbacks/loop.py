"""The form's actions as Rasa calls them: it validates a message, asks for a slot, and ends.

Rasa's own form keeps the loop; it asks for the first required slot that is missing. A message that
is none of the form's business is rejected, so that the rule for its intent answers it.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecutionRejected, ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.callbacks import moves, saying
from actions.callbacks.form import (
    FORM,
    REQUESTED,
    WISH,
    Form,
    no_form,
    open_slot,
    read_form,
    slots_of,
)
from actions.callbacks.meaning import NUMBER, STEPS
from actions.context import Context
from actions.heard import Heard, read_tracker
from bot.conversation.callbacks import Withdrawn, wish_to_dict
from bot.conversation.message import Message

END = "action_call_back_end"


def in_form(tracker: Tracker) -> str | None:
    """Return the slot that the form waits for; None when it isn't there."""
    step = tracker.slots.get(REQUESTED)
    return step if (tracker.active_loop or {}).get("name") == FORM and step in STEPS else None


def leave() -> list[EventType]:
    """Return what forgets the form: it was left for long, or a person will do in its place."""
    # The slot that was asked for would make the next form go on in the middle of this one.
    return [*_set(no_form()), SlotSet(REQUESTED, None), ActiveLoop(None)]


def after_a_question(
    context: Context, tracker: Tracker, heard: Heard
) -> tuple[Form, Message | None]:
    """Return the form that waits while something else was answered, and the offer to go on."""
    step = in_form(tracker)
    clock = context.calling.clock()
    form = moves.aside(read_form(tracker.slots), step or STEPS[0], heard, clock)
    return form, saying.offer(context, form)


class ValidateForm(Action):
    """Takes a message into the form, or rejects it."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def name(self) -> str:
        """Return the name by which Rasa looks for it."""
        return f"validate_{FORM}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Return the slots as they are after the message; a form left long ago is forgotten."""
        calling = self._context.calling
        heard, form, clock = read_tracker(tracker), read_form(tracker.slots), calling.clock()
        heard = replace(heard, text=saying.typed(self._context, heard.text))
        step = in_form(tracker)
        if step is None:
            return _events(moves.begin(form, heard, clock, calling.country))
        if moves.is_stale(form, clock) and heard.intent == "call_back":
            return _events(moves.begin(form, heard, clock, calling.country))
        if moves.is_stale(form, clock):
            return [ActionExecutionRejected(FORM), *leave()]
        own = await calling.number_of(tracker.sender_id) if step == NUMBER else None
        after = moves.go_on(form, step, heard, clock, calling.country, own)
        return [ActionExecutionRejected(FORM)] if after is None else _events(after)


class AskFor(Action):
    """Asks for one slot of the form."""

    def __init__(self, context: Context, step: str) -> None:
        self._context, self._step = context, step

    def name(self) -> str:
        """Return the name by which Rasa looks for it."""
        return f"action_ask_{FORM}_{self._step}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Say the question; what was offered before is not on offer any more."""
        form = read_form(tracker.slots)
        known = self._step == NUMBER
        own = await self._context.calling.number_of(tracker.sender_id) if known else None
        message = saying.ask(self._context, form, self._step, own)
        dispatcher.utter_message(json_message=message.to_dict() | {"confidence": 1.0})
        return _set(_afterwards())


class EndForm(Action):
    """Says how the form ended, and hands on what was confirmed or withdrawn."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def name(self) -> str:
        """Return the name by which the rule calls it."""
        return END

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Say it, and forget the form."""
        form = read_form(tracker.slots)
        message = saying.ended(self._context, form)
        dispatcher.utter_message(json_message=message.to_dict() | {"confidence": 1.0})
        slots: dict[str, Any] = {}
        if form.end == "kept" and form.when is not None:
            slots = {WISH: wish_to_dict(form.wish())} | open_slot(form.when)
        if form.end == "withdrawn":
            slots = {WISH: wish_to_dict(Withdrawn())} | open_slot(None)
        return _set(no_form() | _afterwards() | slots)


def form_actions(context: Context) -> list[Action]:
    """Return every action of the form."""
    return [ValidateForm(context), *(AskFor(context, step) for step in STEPS), EndForm(context)]


def _afterwards() -> dict[str, Any]:
    """Return what the conversation remembers beside the form: nothing else is on offer."""
    return {"offered": None, "last_kind": "booking", "misses": 0}


def _events(form: Form) -> list[EventType]:
    events = _set(slots_of(form))
    # Rasa ends a form that asks for nothing any more.
    return [*events, SlotSet(REQUESTED, None)] if form.end not in ("", "kept") else events


def _set(slots: Mapping[str, Any]) -> list[EventType]:
    return [SlotSet(name, value) for name, value in slots.items()]
