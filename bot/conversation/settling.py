"""Decides what a finished turn shows and who holds the conversation then."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.conversation.clean import clean_message
from bot.conversation.holding import Holding, wait, warned
from bot.conversation.message import Message
from bot.conversation.records import Outcome, Reply, Standing


def settle(
    reply: Reply,
    standing: Standing,
    *,
    is_open: bool = True,
    waits: Callable[[], Message] | None = None,
) -> Outcome:
    """Return what becomes of the assistant's reply, judged at the moment it is shown.

    An urgent message is the whole turn. Otherwise, when staff took the conversation meanwhile, the
    assistant doesn't talk over them, nor remember what it didn't say; a handoff puts the
    conversation on the waiting list; and no booking is offered below an urgent message. Whoever
    waits while the front desk isn't open (`is_open`) was told so, and isn't told again; who asks
    for a person while waiting is told by `waits` that it is known.
    """
    messages = tuple(clean_message(message) for message in reply.messages)
    urgent = tuple(message for message in messages if message.kind == "urgent")
    if urgent:
        return Outcome(urgent, _after(urgent, standing), reply.memory)
    if standing.holding.holder == "staff":
        return Outcome((), standing.holding)
    holding = standing.holding
    if any(message.kind == "handoff" for message in messages):
        if holding.holder == "waiting" and waits is not None:
            messages = tuple(waits() if one.kind == "handoff" else one for one in messages)
        holding = wait(holding, standing.at, "asked", told=not is_open)
    if standing.urgent_since:
        messages = tuple(replace(message, booking=None) for message in messages)
    return Outcome(messages, holding, reply.memory, reply.wish)


def settle_fixed(reply: Reply, standing: Standing) -> Outcome:
    """Return what becomes of a reply that is said whoever holds the conversation."""
    messages = tuple(clean_message(message) for message in reply.messages)
    return Outcome(messages, _after(messages, standing), reply.memory)


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


def _after(messages: Iterable[Message], standing: Standing) -> Holding:
    """Return how a conversation stands after messages of which some may be urgent."""
    urgent = any(message.kind == "urgent" for message in messages)
    return warned(standing.holding, standing.at) if urgent else standing.holding
