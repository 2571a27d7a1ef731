"""Fixed texts: what isn't covered, red flags the engine recognised, clinic facts, small talk."""

from actions.answering import say_answer
from actions.clarifying import unreadable
from actions.compose import fixed_message
from actions.context import Context
from actions.coverage import partly_covered
from actions.heard import Heard
from actions.said import Said


def decline(context: Context, heard: Heard) -> Said:
    """Say what the documents don't cover, who can tell, and what is near.

    A question about several conditions, one of them covered, is answered for that one.
    """
    said = unreadable(context, heard)
    if said is None and (name := partly_covered(heard)) is not None:
        return say_answer(context, name, heard.joint, heard)
    return said or Said(fixed_message(context, "decline", f"decline.{heard.topic}"))


def urgent(context: Context, heard: Heard) -> Said:
    """Tell the patient where help is, with nothing else beside it."""
    name = f"urgent.{heard.topic}"
    known = name if context.texts.get(name) else "urgent.other"
    return Said(fixed_message(context, "urgent", known))


def clinic(context: Context, heard: Heard) -> Said:
    """Answer from the clinic's settings: hours, address, contact."""
    return Said(fixed_message(context, "smalltalk", f"clinic.{heard.topic}"))


def chat(context: Context, heard: Heard) -> Said:
    """Answer a greeting, thanks, praise and the like."""
    return Said(fixed_message(context, "smalltalk", f"chat.{heard.topic}"))
