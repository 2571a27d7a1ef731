"""Decides what a finished turn shows and who holds the conversation then."""

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.clean import clean_message
from bot.conversation.message import Message
from bot.conversation.records import Outcome, Standing


def settle(replies: Sequence[Message], standing: Standing) -> Outcome:
    """Return what becomes of the assistant's replies, judged at the moment they are shown.

    An urgent reply is the whole turn. Otherwise, when staff took the conversation meanwhile, the
    assistant doesn't talk over them; a handoff puts the conversation on the waiting list; and no
    booking is offered below an urgent message.
    """
    messages = tuple(clean_message(message) for message in replies)
    urgent = tuple(message for message in messages if message.kind == "urgent")
    if urgent or standing.holder == "staff":
        return Outcome(urgent, standing.holder)
    handoff = any(message.kind == "handoff" for message in messages)
    if standing.urgent_since:
        messages = tuple(replace(message, booking=None) for message in messages)
    return Outcome(messages, "waiting" if handoff else standing.holder)
