"""Fixed texts: what isn't covered, red flags the engine recognised, clinic facts, small talk."""

import re
from dataclasses import replace
from datetime import timedelta

from actions.answering import say_answer
from actions.callbacks.clock import as_clock
from actions.clarifying import unreadable
from actions.compose import fixed_message, fixed_text, text_message
from actions.context import Context
from actions.coverage import partly_covered
from actions.heard import Heard
from actions.meant import meant_besides
from actions.said import Said

CLOSED_AHEAD = timedelta(days=31)
# Often said after a warning, where neither thanks nor an excuse would do.
JOKE = re.compile(
    r"^\W*(?:(?:sorry|ok|okay|no|haha|lol|relax|it's ok)\W+)*"
    r"(?:(?:that|this|it)(?:'s| was| is)? |i(?:'m| am| was)? ?)?(?:only |just )?"
    r"(?:(?:a )?(?:joke|test|prank)|joking|kidding|testing(?: you)?|messing(?: about| around)?)"
    r"\W*(?:sorry|haha|lol)?\W*$",
    re.I,
)


def decline(context: Context, heard: Heard) -> Said:
    """Say what the documents don't cover, who can tell, and what is near.

    A question about several conditions, one of them covered, is answered for that one. What the
    message may have meant instead is offered first: nobody who is misheard has to ask again.
    """
    said = unreadable(context, heard)
    if said is not None:
        return said
    name = partly_covered(heard)
    if name is not None:
        return say_answer(context, name, heard.joint, heard)
    declined = context.texts[f"decline.{heard.topic}"]
    instead = meant_besides(context, heard)
    return Said(text_message(context, "decline", declined, heard.topic, heard.joint, instead))


def urgent(context: Context, heard: Heard) -> Said:
    """Tell the patient where help is, with nothing else beside it."""
    name = f"urgent.{heard.topic}"
    known = name if context.texts.get(name) else "urgent.other"
    return Said(fixed_message(context, "urgent", known))


def clinic(context: Context, heard: Heard) -> Said:
    """Answer from the clinic's settings: hours, address, contact."""
    said = fixed_message(context, "smalltalk", f"clinic.{heard.topic}")
    now = _now(context) if heard.topic == "opening_hours" else ""
    return Said(replace(said, text=f"{said.text}\n{now}") if now else said)


def chat(context: Context, heard: Heard) -> Said:
    """Answer a greeting, thanks, praise and the like."""
    topic = "joke" if JOKE.search(heard.text) else heard.topic
    return Said(fixed_message(context, "smalltalk", f"chat.{topic}"))


def _now(context: Context) -> str:
    """Return whether the clinic is open now, and the next days without opening hours."""
    calling = context.calling
    here = calling.clock().local
    opens = context.opens()
    told = [] if opens is None else [fixed_text(context, "clinic.closed_now", until=opens)]
    begins, ends = next(iter(calling.openings(here)), (None, None))
    if opens is None and begins is not None and begins <= here and ends is not None:
        until = ends.astimezone(calling.zone)
        if until.date() == here.date():
            told.append(fixed_text(context, "clinic.open_now", until=as_clock(until)))
    last = here.date() + CLOSED_AHEAD
    days = [day for day in sorted(calling.closed_on) if here.date() <= day <= last]
    if days:
        named = ", ".join(f"{day:%A} {day.day} {day:%B}" for day in days)
        told.append(fixed_text(context, "clinic.closed_days", days=named))
    return "\n".join(told)
