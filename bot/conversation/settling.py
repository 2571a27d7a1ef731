"""Decides what a finished turn shows and who holds the conversation then."""

from dataclasses import replace

from bot.conversation.clean import clean_message
from bot.conversation.records import Outcome, Reply, Standing


def settle(reply: Reply, standing: Standing) -> Outcome:
    """Return what becomes of the assistant's reply, judged at the moment it is shown.

    An urgent message is the whole turn. Otherwise, when staff took the conversation meanwhile, the
    assistant doesn't talk over them, nor remember what it didn't say; a handoff puts the
    conversation on the waiting list; and no booking is offered below an urgent message.
    """
    messages = tuple(clean_message(message) for message in reply.messages)
    urgent = tuple(message for message in messages if message.kind == "urgent")
    if urgent:
        return Outcome(urgent, standing.holder, reply.memory)
    if standing.holder == "staff":
        return Outcome((), standing.holder)
    handoff = any(message.kind == "handoff" for message in messages)
    if standing.urgent_since:
        messages = tuple(replace(message, booking=None) for message in messages)
    return Outcome(messages, "waiting" if handoff else standing.holder, reply.memory, reply.wish)


def settle_fixed(reply: Reply, standing: Standing) -> Outcome:
    """Return what becomes of a reply that is said whoever holds the conversation."""
    messages = tuple(clean_message(message) for message in reply.messages)
    return Outcome(messages, standing.holder, reply.memory)


def with_note(reply: Reply, note: str | None) -> Reply:
    """Return the reply with the note before its first words; an urgent one stays as it is."""
    if (
        note is None
        or not reply.messages
        or any(message.kind == "urgent" for message in reply.messages)
    ):
        return reply
    first, *others = reply.messages
    return replace(reply, messages=(replace(first, text=f"{note}\n\n{first.text}"), *others))
