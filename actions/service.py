"""What the clinic does for a patient: booking, a call back, a person."""

from actions.compose import fixed_message
from actions.context import Context
from actions.heard import Heard
from actions.said import Said


def book(context: Context, heard: Heard) -> Said:
    """Offer the booking page."""
    return Said(fixed_message(context, "booking", "service.book"))


def call_back(context: Context, heard: Heard) -> Said:
    """Say how to be called back."""
    return Said(fixed_message(context, "booking", "service.call_back"))


def talk_to_person(context: Context, heard: Heard) -> Said:
    """Hand over to the clinic's team."""
    return Said(fixed_message(context, "handoff", "service.talk_to_person"))
