"""Answers: the right one for what was asked, in the version and phase that fit the patient."""

import re

from actions.clarifying import unreadable
from actions.compose import answer_message, fixed_message, notice
from actions.context import Context
from actions.coverage import not_covered, reserve
from actions.heard import Heard
from actions.meant import meant_besides
from actions.said import Said
from bot.conversation.payload import Ask
from bot.knowledge import phase_answer

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
# A general question becomes the narrower one as soon as it names what that is about.
NARROWER = {
    "does_it_work": ABOUT_PART,
    "is_it_for_me": ABOUT_PART,
    "regrow_cartilage": {"end-stage arthritis": "bone_on_bone"},
}
# An answer about the knee, and what the documents say in its place of every other joint.
OF_OTHERS = {"full_benefit": "months_6_to_24"}

WORSE = re.compile(r"\b(?:worse|worst|worsen\w*|deteriorat\w*)\b", re.I)


def answer(context: Context, heard: Heard) -> Said:
    """Answer the question that was asked or tapped, or decline what the documents don't cover."""
    tapped = heard.first("answer")
    if tapped is not None:
        return say_answer(context, str(tapped.value), heard.joint)
    said = unreadable(context, heard)
    if said is not None:
        return said
    topic = not_covered(heard, heard.topic)
    if topic is not None:
        return Said(fixed_message(context, "decline", f"decline.{topic}"))
    name = phase_answer(heard.topic, heard.days, heard.joint)
    return say_answer(context, _narrowed(heard, name), heard.joint, heard)


def say_answer(context: Context, name: str, joint: str | None, asked: Heard | None = None) -> Said:
    """Say the answer of that name in its version for this joint, and what it leaves open."""
    found = context.knowledge.answers[name]
    said = found.reply(joint).says
    beside = [context.texts[f"note.{found.note}"].text] if found.note else []
    if asked is not None and (open_ := reserve(context, asked, found, said)):
        beside.insert(0, open_)
    # Whoever says that it gets worse reads first when not to wait.
    warns = bool(found.note and asked is not None and WORSE.search(asked.text))
    ask = Ask(name, joint and _version(joint))
    told = notice(context, " ".join(beside), found.id) if beside else None
    instead = meant_besides(context, asked, found) if asked is not None else ()
    days = asked.days if asked is not None else None
    return Said(answer_message(context, found, joint, days, instead), ask, beside=told, warns=warns)


def _narrowed(heard: Heard, name: str) -> str:
    if heard.joint == "other":
        name = OF_OTHERS.get(name, name)
    narrower = NARROWER.get(name, {})
    values = (narrower.get(str(entity.value)) for entity in heard.entities)
    return next((found for found in values if found is not None), name)


def _version(joint: str) -> str:
    return "knee" if joint == "knee" else "general"
