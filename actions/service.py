"""What the clinic does for a patient: booking, a call back, a person."""

from dataclasses import replace

from actions.compose import fixed_message
from actions.context import Context
from actions.heard import Heard
from actions.said import Said
from bot.conversation.message import Suggestion


def book(context: Context, heard: Heard) -> Said:
    """Offer the booking page."""
    return Said(fixed_message(context, "booking", "service.book"))


def call_back(context: Context, heard: Heard) -> Said:
    """Offer to take a number, where something else was asked as well."""
    message = fixed_message(context, "booking", "service.call_back")
    label = context.texts["label.call_back"].text
    return Said(replace(message, suggestions=(Suggestion(label, "call"),)))


def talk_to_person(context: Context, heard: Heard) -> Said:
    """Hand over to the clinic's team."""
    return Said(fixed_message(context, "handoff", "service.talk_to_person"))
