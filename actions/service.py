"""What the clinic does for a patient: booking, a call back, a person."""

from dataclasses import replace

from actions.compose import fixed_message
from actions.context import Context
from actions.heard import Heard
from actions.said import Said
from bot.conversation.message import Suggestion

CALL = "call"


def book(context: Context, heard: Heard) -> Said:
    """Offer the booking page."""
    return Said(fixed_message(context, "booking", "service.book"))


def call_back(context: Context, heard: Heard) -> Said:
    """Offer to take a number, where something else was asked as well."""
    message = fixed_message(context, "booking", "service.call_back")
    label = context.texts["label.call_back"].text
    return Said(replace(message, suggestions=(Suggestion(label, CALL),)))


def talk_to_person(context: Context, heard: Heard) -> Said:
    """Put the patient on the front desk's waiting list, and say when somebody is there."""
    until = context.opens()
    if until is None:
        return Said(fixed_message(context, "handoff", "service.talk_to_person"))
    name = "service.talk_to_person_closed"
    closed = fixed_message(context, "handoff", name, "talk_to_person")
    text = closed.text.replace("{until}", until)
    call = Suggestion(context.texts["label.call_back"].text, CALL)
    return Said(replace(closed, text=text, suggestions=(call,)))
