"""Answers: the right one for what was asked, in the version and phase that fit the patient."""

from actions.compose import answer_message, fixed_message
from actions.context import Context
from actions.coverage import not_covered
from actions.heard import Heard
from actions.said import Said
from bot.conversation.payload import Ask
from bot.knowledge import phase_answer

# Questions whose answer is the one about a part of the body as soon as that is named.
WHETHER = frozenset({"does_it_work", "is_it_for_me"})
ABOUT_PART = {
    "shoulder": "shoulder_or_elbow",
    "elbow": "shoulder_or_elbow",
    "hip": "hip",
    "back": "back_or_spine",
    "spine": "back_or_spine",
    "neck": "back_or_spine",
    "tendon": "tendon_or_ligament",
    "ligament": "tendon_or_ligament",
}


def answer(context: Context, heard: Heard) -> Said:
    """Answer the question that was asked or tapped, or decline what the documents don't cover."""
    tapped = heard.first("answer")
    if tapped is not None:
        return say_answer(context, str(tapped.value), heard.joint)
    topic = not_covered(heard, heard.topic)
    if topic is not None:
        return Said(fixed_message(context, "decline", f"decline.{topic}"))
    name = phase_answer(heard.topic, heard.days, heard.joint)
    return say_answer(context, _for_body_part(heard, name), heard.joint)


def say_answer(context: Context, name: str, joint: str | None) -> Said:
    """Say the answer of that name in its version for this joint."""
    found = context.knowledge.answers[name]
    return Said(answer_message(context, found, joint), Ask(name, joint and _version(joint)))


def _for_body_part(heard: Heard, name: str) -> str:
    """Return the answer about the named part of the body when whether it helps is the question."""
    named = heard.first("body_part")
    if name not in WHETHER or named is None:
        return name
    return ABOUT_PART.get(str(named.value), name)


def _version(joint: str) -> str:
    return "knee" if joint == "knee" else "general"
