"""The actions as Rasa calls them: each function wrapped, its words sent and its memory kept."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from actions import answering, clarifying, fixed, following, service
from actions.callbacks import loop
from actions.callbacks.form import slots_of
from actions.context import Context
from actions.heard import Heard, read_tracker
from actions.said import Said, slots_after
from actions.several import Say, several
from bot.conversation.message import Message
from bot.knowledge.language import is_blank

ACTIONS: Mapping[str, Say] = {
    "action_answer": answering.answer,
    "action_decline": fixed.decline,
    "action_urgent": fixed.urgent,
    "action_clinic": fixed.clinic,
    "action_chat": fixed.chat,
    "action_book": service.book,
    "action_talk_to_person": service.talk_to_person,
    "action_tell_more": following.tell_more,
    "action_why": following.ask_why,
    "action_source": following.ask_source,
    "action_about": following.ask_about,
    "action_accept": following.accept,
    "action_refuse": following.refuse,
    "action_clarify": clarifying.clarify,
}
# What is said to one of several questions, where an action isn't called for it alone.
PARTS: Mapping[str, Say] = {"call_back": service.call_back}
# Nothing is offered beside these: help is under way.
ALONE = ("urgent", "handoff")


class SpokenAction(Action):
    """An action of that name which says what its function returns."""

    def __init__(self, name: str, say: Say, context: Context) -> None:
        self._name = name
        self._say = say
        self._context = context

    def name(self) -> str:
        """Return the name by which rules call it."""
        return self._name

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Say the message, remember what the next turn needs, and let the patient speak.

        That the patient's turn follows is said outright: Rasa would predict it anew each time.
        """
        heard = read_tracker(tracker)
        said = reply(self._context, heard, self._say)
        slots = slots_after(said, heard)
        if said.then is not None:
            return [*_set(slots), FollowupAction(said.then)]
        messages = said.messages
        left: list[EventType] = []
        if loop.in_form(tracker):
            if any(message.kind == "handoff" for message in messages):
                left = loop.leave()
            else:
                messages, form = self._before_going_on(tracker, heard, messages)
                slots |= form
        for message in messages:
            sent = message.to_dict() | {"confidence": heard.confidence}
            dispatcher.utter_message(json_message=sent)
        return [*_set(slots), *left, FollowupAction("action_listen")]

    def _before_going_on(
        self, tracker: Tracker, heard: Heard, messages: Sequence[Message]
    ) -> tuple[tuple[Message, ...], dict[str, Any]]:
        """Return the answer to a question within the form, with the offer to go on, and slots."""
        form, offer = loop.after_a_question(self._context, tracker, heard)
        slots = slots_of(form) | {"offered": None}
        if offer is None or any(message.kind in ALONE for message in messages):
            return tuple(messages), slots
        bare = (replace(message, suggestions=(), booking=None) for message in messages)
        return (*bare, offer), slots


def reply(context: Context, heard: Heard, say: Say) -> Said:
    """Return what is said to a message: by the action Rasa chose, or to each of its questions."""
    if is_blank(heard.text):
        return clarifying.clarify(context, heard)
    whole = say(context, heard)
    if whole.message.kind == "urgent" or not heard.parts:
        return whole
    return several(context, heard, whole, say_part)


def say_part(group: str) -> Say:
    """Return what answers one of several questions by the group of its intent."""
    return PARTS.get(group) or ACTIONS[f"action_{group}"]


def make_executor(context: Context) -> ActionExecutor:
    """Return rasa-sdk's executor with every action, ready to be run by an HTTP listener."""
    executor = ActionExecutor()
    for name, say in ACTIONS.items():
        executor.register_action(SpokenAction(name, say, context))
    for action in loop.form_actions(context):
        executor.register_action(action)
    return executor


def _set(slots: Mapping[str, Any]) -> list[EventType]:
    return [SlotSet(name, value) for name, value in slots.items()]
