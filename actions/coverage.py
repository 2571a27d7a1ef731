"""The coverage gate: what names a thing outside the documents isn't answered by them."""

import re
from collections.abc import Iterable

from actions.compose import fixed_text
from actions.context import Context
from actions.heard import TISSUES, Entity, Heard
from bot.knowledge import Answer, Quote

# What is declined when a thing of this type is named that the documents don't cover.
DECLINED_AS = {
    "treatment": "other_treatments",
    "condition": "other_diseases",
    "medicine": "medicines",
}
# An organ that is named with one of these is what the treatment is wanted for.
WANTED_FOR = frozenset({"does_it_work", "is_it_for_me", "can_it_cure", "what_is_it_used_for"})
ORGANS_AS = {"body_part": "other_diseases"}

# What may be told beside any question: a story names what was tried before. An illness may be what
# it asks for ("He has lupus. Will it help?"), unless its question is about something else.
TOLD = frozenset({"treatment", "medicine"})
OF_ANY_ILLNESS = frozenset(
    {
        "early_treatment",
        "how_long_it_lasts",
        "how_often",
        "is_it_permanent",
        "is_it_safe",
        "need_again",
        "severity_matters",
        "stop_progression",
        "wears_off",
        "when_will_it_work",
        "worth_it",
    }
)

# Answers for which such names are part of a covered question ("can I stop my naproxen", "or does my
# chiropractor do it as well").
INDIFFERENT = frozenset(
    {
        "clinic_experience",
        "guarantees",
        "spot_bad_clinics",
        "studies",
        "less_medication",
        "versus_painkillers",
        "versus_steroids",
        "steroid_harm",
        "versus_other_relief",
    }
)
# What the documents say of the knee alone, and what is declined when another joint is meant: a
# shoulder isn't rested as a knee is.
OF_THE_KNEE = {"exercise_return": "activity_details", "downtime": "activity_details"}
# Answers about one joint, with the parts of the body that they are about: a hip is no ankle.
OF_ONE_JOINT = {
    "knee_arthritis": frozenset({"knee"}),
    "hip": frozenset({"hip"}),
    "shoulder_or_elbow": frozenset({"shoulder", "elbow"}),
    "back_or_spine": frozenset({"back", "spine", "neck"}),
}
ANY_JOINT = frozenset[str]().union(*OF_ONE_JOINT.values())
# Complaints that come with any disease, and are no disease beside it.
COMPLAINTS = frozenset({"pain", "soreness", "swelling", "stiffness", "inflammation"})
LEAST_CHANCE = 0.1  # of the answer for the covered part
# The joints that the documents name, in their words.
NAMED = re.compile(r"\b(knee|shoulder|hip|elbow|spine|spinal|back)s?\b", re.I)
SAME = {"spinal": "spine", "back": "spine"}
PERSONAL = re.compile(
    r"\b(?:i|i'm|i\u2019m|im|i've|my|me|mine|mum|mom|dad|mother|father|wife|husband|nan|gran)\b",
    re.I,
)


def not_covered(heard: Heard, answer: str) -> str | None:
    """Return the topic to decline with, when the message names only uncovered things of a type."""
    if answer in INDIFFERENT:
        return None
    if answer in OF_THE_KNEE and heard.joint == "other":
        return OF_THE_KNEE[answer]
    if answer in OF_ONE_JOINT and _names_only_other_joints(heard):
        return "other_diseases"
    declined_as = DECLINED_AS | (ORGANS_AS if answer in WANTED_FOR else {})
    for type_, topic in declined_as.items():
        named = [entity for entity in heard.entities if entity.type == type_]
        if any(entity.covered for entity in named):
            continue
        if not all(_is_told_aside(entity, heard, answer) for entity in named):
            return topic
    return None


def _is_told_aside(entity: Entity, heard: Heard, answer: str) -> bool:
    """Tell whether the message only tells of this, and asks about something else."""
    if not entity.aside or entity.type in TOLD:
        return entity.aside
    joints = (e for e in heard.entities if e.type == "body_part" and e.covered and not e.aside)
    return answer not in WANTED_FOR and (answer not in OF_ANY_ILLNESS or any(joints))


def _names_only_other_joints(heard: Heard) -> bool:
    """Tell whether it names joints, and none that an answer is about."""
    named = {str(entity.value) for entity in heard.entities if entity.type == "body_part"}
    return bool(named - TISSUES) and not named & ANY_JOINT


def not_offered(heard: Heard, answer: str) -> str | None:
    """Return the topic to decline with instead of offering this answer in doubt.

    A place is more than a detail then: the documents speak of no clinic's country, unless it is
    what such places promise that is asked about.
    """
    places = (e for e in heard.entities if e.type == "place" and not e.covered)
    elsewhere = answer not in INDIFFERENT and any(places)
    return not_covered(heard, answer) or ("travel" if elsewhere else None)


def partly_covered(heard: Heard) -> str | None:
    """Return the answer for the covered one of several conditions that a declined message names."""
    conditions = [e for e in heard.entities if e.type == "condition" and e.value not in COMPLAINTS]
    if heard.topic != "other_diseases" or len({e.covered for e in conditions}) < 2:
        return None
    answers = (c for c in heard.candidates if c.intent.startswith("answer/"))
    likely = (c.intent.partition("/")[2] for c in answers if c.confidence >= LEAST_CHANCE)
    return next(likely, None)


def reserve(context: Context, heard: Heard, answer: Answer, quotes: Iterable[Quote]) -> str | None:
    """Return what must be said beside the answer: which part of the question it doesn't cover."""
    missing = [] if answer.id in INDIFFERENT else _missing(heard)
    if missing:
        return fixed_text(context, "beside.not_named", thing=_listed(missing))
    joint = heard.body_part
    if joint is not None and joint.covered and joint.value not in TISSUES:
        return _about_joint(context, joint, quotes)
    if answer.strict and _is_personal(heard):
        return fixed_text(context, "beside.general")
    return None


def _missing(heard: Heard) -> list[str]:
    """Return the things the documents don't cover, in the patient's words."""
    words = (e.words or str(e.value) for e in heard.entities if not e.covered and _gated(e))
    return list(dict.fromkeys(words))


def _gated(entity: Entity) -> bool:
    return entity.type in DECLINED_AS or entity.type in ORGANS_AS


def _about_joint(context: Context, joint: Entity, quotes: Iterable[Quote]) -> str | None:
    """Say so when what is quoted is about another joint, or the documents never name this one."""
    thing = f"the {joint.value}"
    named = [word.lower() for quote in quotes for word in NAMED.findall(quote.text)]
    joints = list(dict.fromkeys(SAME.get(word, word) for word in named))
    if joint.value in joints:
        return None
    if joints:
        return fixed_text(context, "beside.other_joint", thing=thing, joint=_listed(joints))
    if NAMED.fullmatch(str(joint.value)):
        return None
    return fixed_text(context, "beside.no_joint", thing=thing)


def _is_personal(heard: Heard) -> bool:
    told = any(entity.type in ("age", "condition", "habit") for entity in heard.entities)
    return told and PERSONAL.search(heard.text) is not None


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
